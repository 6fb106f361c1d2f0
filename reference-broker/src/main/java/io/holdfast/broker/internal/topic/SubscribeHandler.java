package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.StatusEvents;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code subscribe}: enters a live subscription, or one that follows the log from a bookmark on, or says why not. Its first message
 * comes after its ack.
 */
public final class SubscribeHandler implements CommandHandler {

    private static final String NOW = "0|1|";

    /** What the expressions of one connection may cost together: each new topic is held against all of them, on the one thread. */
    private static final long MAX_PATTERN_COST = 100_000;

    private final SubscriptionTable table;
    private final BookmarkSubscriptions bookmarks;
    private final StatusEvents events;
    private final int maxSubscriptions;
    private final PauseControl pauses;

    /** A handler that enters into this table, up to a number per connection. */
    public SubscribeHandler(
            SubscriptionTable table, BookmarkSubscriptions bookmarks, StatusEvents events, int maxSubscriptions) {
        this.table = table;
        this.bookmarks = bookmarks;
        this.events = events;
        this.maxSubscriptions = maxSubscriptions;
        pauses = new PauseControl(table, bookmarks);
    }

    @Override
    public void on(Session session, Frame frame) {
        Header header = frame.header();
        Replies.received(session, header);
        SubscribeOptions options = SubscribeOptions.parse(header.get(Field.OPTS));
        if (pauses.isMeant(session, header, options)) {
            pauses.on(session, header, options);
            return;
        }
        try {
            enter(session, header, options);
        } catch (BookmarkRefusal e) {
            Replies.refuse(session, header, e.reason());
        }
    }

    private void enter(Session session, Header header, SubscribeOptions options) throws BookmarkRefusal {
        // Without an id of its own the subscription is known by the command's.
        String id = header.has(Field.SUB_ID) ? header.text(Field.SUB_ID) : header.text(Field.CMD_ID);
        String refusal = refusal(session, header, id, options);
        if (refusal != null) {
            Replies.refuse(session, header, refusal);
            return;
        }
        Optional<TopicPattern> pattern = TopicPattern.of(Topic.of(header.text(Field.TOPIC)), options.literal());
        if (pattern.isEmpty()) {
            Replies.refuse(session, header, "bad regex topic");
            return;
        }
        if (table.patternCostBeside(session, id) + pattern.get().cost() > MAX_PATTERN_COST) {
            Replies.refuse(session, header, "too many subscriptions");
            return;
        }
        ReplayRange range = range(header, options, pattern.get());
        Subscription subscription = new Subscription(session, id, pattern.get(), options, range != null);
        table.enter(subscription);
        Replies.succeed(session, header, AckType.PROCESSED);
        events.subscription(StatusEvents.Kind.SUBSCRIBE, session, id, header.text(Field.TOPIC), header.get(Field.OPTS));
        if (range == null) {
            Replies.succeed(session, header, AckType.COMPLETED); // nothing to replay
        } else {
            bookmarks.begin(subscription, range, header);
        }
    }

    /** What is to be replayed; {@code null} for a live subscription. Nothing but NOW has a meaning for topics that are not logged. */
    private @Nullable ReplayRange range(Header header, SubscribeOptions options, TopicPattern pattern)
            throws BookmarkRefusal {
        String bookmark = header.get(Field.BOOKMARK);
        boolean logged = !pattern.isLiteral() || !ReservedTopics.isReserved(pattern.text());
        if (bookmark == null || (bookmark.equals(NOW) && !(logged && bookmarks.isAvailable()))) {
            if (options.pause()) {
                throw new BookmarkRefusal("only a bookmark subscription can be paused or resumed");
            }
            return null;
        }
        if (!logged) {
            throw new BookmarkRefusal("/AMPS topics are not logged and cannot be replayed");
        }
        return bookmarks.resolve(bookmark, options.notFound());
    }

    private @Nullable String refusal(Session session, Header header, String id, SubscribeOptions options) {
        if (header.text(Field.TOPIC).isEmpty()) {
            return "no topic";
        }
        if (!isTopic(header.text(Field.TOPIC))) {
            return "invalid topic";
        }
        if (!header.text(Field.FILTER).isEmpty()) {
            return "bad filter"; // until there is an expression language: never ignored
        }
        if (!isId(id)) {
            return "bad subid";
        }
        if (options.rawUnsupported() != null) {
            return "option '" + options.rawUnsupported() + "' is not supported";
        }
        boolean active = table.find(session, id) != null;
        if (active && !options.replace()) {
            return "subid in use";
        }
        return !active && table.count(session) >= maxSubscriptions ? "too many subscriptions" : null;
    }

    private static boolean isTopic(String text) {
        try {
            Topic.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isId(String text) {
        try {
            SubscriptionId.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
