package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.client.message.AckType;

/** {@code flush}: everything earlier on the connection is done by now, so the pending publish acks go out, then its own. */
public final class FlushHandler implements CommandHandler {

    @Override
    public void on(Session session, Frame frame) {
        Replies.received(session, frame.header());
        session.persistedAcks().flush();
        Replies.succeed(session, frame.header(), AckType.PROCESSED);
        Replies.succeed(session, frame.header(), AckType.PERSISTED);
        Replies.succeed(session, frame.header(), AckType.COMPLETED);
    }
}
