package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.message.SubscriptionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions there are, and on which connection each was entered last. Its lock orders "who enters one where" and "who ends it",
 * so that none is left at a broker that nobody wants, and none is forgotten that somebody does. Thread-safe; calls nobody.
 */
final class Roster {

    private final SubscriptionTable table;
    private final Object lock = new Object();
    private @Nullable Connection current;
    private long lastNumber;
    private long lastBegun;

    Roster(SubscriptionTable table) {
        this.table = table;
    }

    /** The connection of the present session, from the moment at which its resumption begins. */
    @Nullable
    Connection connection() {
        synchronized (lock) {
            return current;
        }
    }

    /** A number that no subscription had as its id from here. */
    SubscriptionId nextId() {
        synchronized (lock) {
            lastNumber++;
            return SubscriptionId.of(Long.toString(lastNumber));
        }
    }

    /** Takes it in; false if its id is another's. */
    boolean add(HaSubscription subscription) {
        return table.add(subscription);
    }

    /** Takes it out. */
    void remove(HaSubscription subscription) {
        table.remove(subscription);
    }

    /**
     * What became of one that may be entered now.
     *
     * @param isWanted whether it still is; it may have been ended before
     * @param on the connection of the present session, on which the caller has to enter it
     */
    record Begun(boolean isWanted, @Nullable Connection on) {}

    /** From now on a session that begins enters it. */
    Begun begun(HaSubscription subscription) {
        synchronized (lock) {
            if (subscription.ending != null || subscription.lane().isEnded()) {
                return new Begun(false, null);
            }
            subscription.begun = ++lastBegun;
            subscription.enteredOn = current;
            return new Begun(true, current);
        }
    }

    /** A session begins; returns those it has to enter, in the order in which they were made. */
    List<HaSubscription> beginSession(Connection connection) {
        List<HaSubscription> again = new ArrayList<>();
        synchronized (lock) {
            current = connection;
            for (HaSubscription subscription : table.all()) {
                if (subscription.lane().isEnded()) {
                    table.remove(subscription); // its broker is gone, and nobody waits for the id
                } else if (subscription.begun > 0 && !subscription.isOver()) {
                    again.add(subscription);
                }
            }
            again.sort(Comparator.comparingLong(subscription -> subscription.begun));
        }
        return again;
    }

    /** The session has ended. */
    void endSession() {
        synchronized (lock) {
            current = null;
        }
    }

    /** Takes it for a connection, on which it is to be entered; false if it was ended meanwhile, or the session was. */
    boolean claim(HaSubscription subscription, Connection to) {
        synchronized (lock) {
            if (current != to || subscription.lane().isEnded() || subscription.ending != null) {
                return false;
            }
            subscription.enteredOn = to;
            return true;
        }
    }

    /** The present connection, if this one was entered there. */
    @Nullable
    Connection whereEntered(HaSubscription subscription) {
        synchronized (lock) {
            return subscription.enteredOn == current ? current : null;
        }
    }

    /**
     * What one call has to end.
     *
     * @param connection the present one, if there is one
     * @param atBroker those that were entered there, or are being
     * @param here those that were not
     * @param atBrokerEnds to be completed when the former have ended
     * @param hereEnds to be completed when the latter have
     * @param all these two, if they have something to end, and what earlier calls do about others
     */
    record Ending(
            @Nullable Connection connection,
            List<HaSubscription> atBroker,
            List<HaSubscription> here,
            CompletableFuture<Void> atBrokerEnds,
            CompletableFuture<Void> hereEnds,
            Set<CompletableFuture<Void>> all) {}

    /** Marks those of these that are known, and not ending, as ending. */
    Ending end(Collection<HaSubscription> subscriptions) {
        synchronized (lock) {
            Ending ending = new Ending(
                    current,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new CompletableFuture<>(),
                    new CompletableFuture<>(),
                    new LinkedHashSet<>());
            for (HaSubscription subscription : subscriptions) {
                CompletableFuture<Void> before = subscription.ending;
                if (before != null) {
                    ending.all().add(before);
                } else if (table.find(subscription.id().value()) == subscription) {
                    boolean isThere = current != null && subscription.enteredOn == current;
                    CompletableFuture<Void> ends = isThere ? ending.atBrokerEnds() : ending.hereEnds();
                    subscription.ending = ends;
                    ending.all().add(ends);
                    (isThere ? ending.atBroker() : ending.here()).add(subscription);
                }
            }
            return ending;
        }
    }

    /** Ending these has failed: it may be tried again. */
    void mayBeTriedAgain(List<HaSubscription> subscriptions) {
        synchronized (lock) {
            subscriptions.forEach(subscription -> subscription.ending = null);
        }
    }

    /** Those of these ids that are known. */
    List<HaSubscription> find(Collection<SubscriptionId> ids) {
        return ids.stream()
                .distinct()
                .map(id -> table.find(id.value()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Every one. */
    Collection<HaSubscription> all() {
        return table.all();
    }
}
