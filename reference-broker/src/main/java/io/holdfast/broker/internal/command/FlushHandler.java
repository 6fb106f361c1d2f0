package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.PersistedAcks;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.AckType;
import java.util.function.LongSupplier;

/**
 * {@code flush}: once everything that was published before it is durable, the pending publish acks go out, then its own. Without a log
 * that is at once.
 */
public final class FlushHandler implements CommandHandler {

    private final LongSupplier lastIndex;

    /**
     * A handler over a log.
     *
     * @param lastIndex the last index that the log gave out; always 0 without a log
     */
    public FlushHandler(LongSupplier lastIndex) {
        this.lastIndex = lastIndex;
    }

    @Override
    public void on(Session session, Frame frame) {
        Header header = frame.header();
        Replies.received(session, header);
        PersistedAcks acks = session.persistedAcks();
        acks.whenDurable(lastIndex.getAsLong(), () -> {
            acks.flush();
            Replies.succeed(session, header, AckType.PROCESSED);
            Replies.succeed(session, header, AckType.PERSISTED);
            Replies.succeed(session, header, AckType.COMPLETED);
        });
    }
}
