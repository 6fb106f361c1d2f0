package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.AckType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code subscribe} with the option {@code pause} or {@code resume} and the ids of active bookmark subscriptions: all of them are held,
 * or go on, or none if one of the ids is wrong. A live subscription cannot be held: nobody would keep its messages.
 */
final class PauseControl {

    private final SubscriptionTable table;
    private final BookmarkSubscriptions bookmarks;

    PauseControl(SubscriptionTable table, BookmarkSubscriptions bookmarks) {
        this.table = table;
        this.bookmarks = bookmarks;
    }

    /** Whether the command means active subscriptions; {@code pause} with a new id enters a subscription that is held at once. */
    boolean isMeant(Session session, Header header, SubscribeOptions options) {
        if (options.resume()) {
            return true;
        }
        return options.pause()
                && (header.text(Field.TOPIC).isEmpty()
                        || (!options.replace() && table.find(session, header.text(Field.SUB_ID)) != null));
    }

    void on(Session session, Header header, SubscribeOptions options) {
        List<Subscription> meant = new ArrayList<>();
        for (String id : header.text(Field.SUB_ID).split(",", -1)) {
            Subscription subscription = table.find(session, id.strip());
            String refusal = refusal(subscription, options);
            if (subscription == null || refusal != null) {
                Replies.refuse(session, header, refusal == null ? "no such subid" : refusal);
                return;
            }
            meant.add(subscription);
        }
        Replies.succeed(session, header, AckType.PROCESSED);
        Replies.succeed(session, header, AckType.COMPLETED);
        meant.forEach(subscription -> bookmarks.pause(subscription, options.pause()));
    }

    private static @Nullable String refusal(@Nullable Subscription subscription, SubscribeOptions options) {
        if (options.pause() && options.resume()) {
            return "either pause or resume";
        }
        return subscription != null && !subscription.replayed()
                ? "only a bookmark subscription can be paused or resumed"
                : null;
    }
}
