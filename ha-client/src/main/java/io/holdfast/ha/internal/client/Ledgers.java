package io.holdfast.ha.internal.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Acknowledgement;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.internal.resume.SubscriptionLedger;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.Position;
import io.holdfast.ha.internal.store.bookmark.UnkeptProgress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the account of each subscription that starts at a bookmark. Thread-safe. */
final class Ledgers {

    private static final Logger LOG = LoggerFactory.getLogger(Ledgers.class);
    private static final int ID_BYTES = 8;

    private final String clientName;
    private final SubscribeSetup setup;

    Ledgers(String clientName, SubscribeSetup setup) {
        this.clientName = clientName;
        this.setup = setup;
    }

    /**
     * The request with the client's default start, where it names none.
     *
     * @throws IllegalArgumentException if it wants to acknowledge what has no bookmark
     */
    SubscribeRequest complete(SubscribeRequest request) {
        Bookmark start = setup.defaultStart();
        SubscribeRequest whole = request.bookmark() == null && start != null ? request.withBookmark(start) : request;
        if (whole.bookmark() == null && whole.acknowledgement() == Acknowledgement.MANUAL) {
            throw new IllegalArgumentException("acknowledge(MANUAL) needs a bookmark to start at, such as"
                    + " Bookmark.MOST_RECENT: without one messages have no position");
        }
        return whole;
    }

    /** The id that a request names or implies; {@code null} to number it. */
    static @Nullable SubscriptionId id(SubscribeRequest request) {
        SubscriptionId chosen = request.id();
        return chosen == null && Bookmark.MOST_RECENT.equals(request.bookmark()) ? derived(request) : chosen;
    }

    /** The same in every process, so that it finds what was acknowledged. */
    private static SubscriptionId derived(SubscribeRequest request) {
        String filter = request.filter();
        String what = request.topic().name() + "\0" + (filter == null ? "" : filter);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(UTF_8));
            return SubscriptionId.of("mr-" + HexFormat.of().formatHex(digest, 0, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    /** The account of a subscription that begins; {@code null} for one that is live only. */
    @Nullable
    SubscriptionLedger open(HaSubscription subscription) {
        SubscribeRequest request = subscription.request();
        Bookmark start = request.bookmark();
        if (start == null) {
            return null;
        }
        boolean manual = request.acknowledgement() == Acknowledgement.MANUAL;
        return new SubscriptionLedger(
                start,
                progress(subscription.id(), request, start),
                manual,
                manual ? setup.maxUnacknowledged() : Integer.MAX_VALUE, // else the lane is the bound
                new Told(subscription));
    }

    /** A number means another subscription in each process: what it acknowledged is not worth keeping. */
    private BookmarkStore.Progress progress(SubscriptionId id, SubscribeRequest request, Bookmark start) {
        BookmarkStore store = setup.store();
        if (store == null || id(request) == null) {
            return UnkeptProgress.INSTANCE;
        }
        return store.open(id, start.equals(Bookmark.MOST_RECENT) ? null : start);
    }

    private final class Told implements SubscriptionLedger.LedgerEvents {

        private final HaSubscription subscription;

        Told(HaSubscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void unplaced() {
            LOG.warn(
                    "HF-2405 no-bookmark client_name={} subscription={} topic={}",
                    Untrusted.escape(clientName),
                    subscription.id(),
                    Untrusted.escape(subscription.request().topic().name()));
        }

        @Override
        public void full(int open, @Nullable Position oldest) {
            LOG.warn(
                    "HF-2406 acknowledgements-behind client_name={} subscription={} open={} oldest={}",
                    Untrusted.escape(clientName),
                    subscription.id(),
                    open,
                    oldest);
        }
    }
}
