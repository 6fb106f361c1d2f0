package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.StatusEvents;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.AckType;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code unsubscribe}: ends one subscription, a list, or all. An id that is not active is no error: after the ack it is gone either way,
 * and no message with it follows.
 */
public final class UnsubscribeHandler implements CommandHandler {

    private final SubscriptionTable table;
    private final StatusEvents events;

    /** A handler that removes from this table. */
    public UnsubscribeHandler(SubscriptionTable table, StatusEvents events) {
        this.table = table;
        this.events = events;
    }

    @Override
    public void on(Session session, Frame frame) {
        Header header = frame.header();
        Replies.received(session, header);
        if (!header.has(Field.SUB_ID) && !header.has(Field.QUERY_ID)) {
            Replies.refuse(session, header, "no subid");
            return;
        }
        List<Subscription> removed = remove(session, header.text(Field.SUB_ID));
        Replies.succeed(session, header, AckType.PROCESSED);
        for (Subscription subscription : removed) {
            events.subscription(
                    StatusEvents.Kind.UNSUBSCRIBE,
                    session,
                    subscription.id(),
                    subscription.pattern().text(),
                    null);
        }
    }

    private List<Subscription> remove(Session session, String ids) {
        if (ids.strip().equals("all")) {
            return table.removeAll(session);
        }
        List<Subscription> removed = new ArrayList<>();
        for (String id : ids.split(",", -1)) {
            Subscription subscription = table.remove(session, id.strip());
            if (subscription != null) {
                removed.add(subscription);
            }
        }
        return removed;
    }
}
