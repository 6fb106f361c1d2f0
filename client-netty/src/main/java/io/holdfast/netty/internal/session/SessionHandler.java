package io.holdfast.netty.internal.session;

import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.netty.internal.header.HeaderField;
import io.holdfast.netty.internal.header.InboundFrame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each received frame to whom it concerns: messages and publish acks to the sink, acks of commands to
 * {@link PendingCommands}, heartbeats to their answer. Confined to the event loop.
 */
public final class SessionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

    private final InboundSink sink;
    private final PendingCommands pending;
    private final HeartbeatHandler heartbeat;
    private final DisconnectHandler exit;

    SessionHandler(InboundSink sink, PendingCommands pending, HeartbeatHandler heartbeat, DisconnectHandler exit) {
        this.sink = sink;
        this.pending = pending;
        this.heartbeat = heartbeat;
        this.exit = exit;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (exit.isOver()) {
            return;
        }
        InboundFrame frame = (InboundFrame) message;
        try {
            switch (frame.type()) {
                case PUBLISH, SOW, OOF, GROUP_BEGIN, GROUP_END -> sink.onMessage(frame);
                case ACK -> onAck(frame);
                case HEARTBEAT -> heartbeat.answer();
                default ->
                    violated(Violation.UNEXPECTED_COMMAND, "'" + frame.type().word() + "' comes from clients only");
            }
        } catch (Throwable failure) {
            exit.fail(DisconnectCause.INTERNAL_ERROR, failure);
        }
    }

    private void onAck(InboundFrame frame) {
        long id = frame.commandId();
        if (id == CommandId.LOGON.value()) {
            violated(Violation.SECOND_LOGON_ACK, "the logon was answered before");
            return;
        }
        Ack ack = frame.toAck();
        if (id == InboundFrame.NO_COMMAND_ID) {
            sink.onPublishAck(ack);
            return;
        }
        switch (pending.onAck(id, ack)) {
            case DELIVERED -> {}
            case NOT_PENDING -> late(id, ack);
            case NEVER_ISSUED ->
                violated(
                        Violation.ACK_FOR_NOBODY,
                        "no command was sent with id " + Untrusted.escape(frame.text(HeaderField.CMD_ID)));
        }
    }

    /** The command is done with; what the ack says about publishes still counts. */
    private void late(long id, Ack ack) {
        if (ack.type() == AckType.PERSISTED && !ack.sequence().equals(SequenceNumber.NONE)) {
            sink.onPublishAck(ack);
        } else {
            LOG.atDebug()
                    .addKeyValue("command_id", id)
                    .addKeyValue("ack", ack.type().word())
                    .log("late ack ignored");
        }
    }

    private void violated(Violation violation, String detail) {
        exit.fail(DisconnectCause.PROTOCOL_ERROR, new ProtocolException(violation, -1, detail));
    }
}
