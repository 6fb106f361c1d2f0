package io.holdfast.broker.internal.replication;

import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.transport.Body;
import io.holdfast.broker.internal.transport.Outbound;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.HeaderWriter;
import io.holdfast.broker.internal.wire.Verb;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.AckType;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One connection to another instance: logs on, then sends records; the acks that come back only show that it lives. Confined to the
 * broker's thread.
 */
final class ReplicationConnection extends ChannelInboundHandlerAdapter {

    private final Outbound out;
    private final HeaderWriter writer;
    private final Header logon;
    private final Owner owner;
    private boolean accepted;
    private boolean lost;

    ReplicationConnection(Outbound out, HeaderWriter writer, Header logon, Owner owner) {
        this.out = out;
        this.writer = writer;
        this.logon = logon;
        this.owner = owner;
    }

    Outbound out() {
        return out;
    }

    void send(LogRecord record) {
        Header.Builder header = Header.of(record.delta() ? Verb.DELTA_PUBLISH : Verb.PUBLISH)
                .set(Field.TOPIC, record.topic())
                .set(Field.CLIENT_NAME, record.publisher())
                .set(Field.SEQ, record.sequence())
                .set(Field.CORRELATION_ID, record.correlationId())
                .set(Field.SOW_KEY, record.sowKey())
                .set(Field.GSEQ, Long.toString(record.index()));
        if (record.expirationSeconds() >= 0) {
            header.set(Field.EXPIRATION, record.expirationSeconds());
        }
        byte[] content = record.body();
        try (Body body = new Body(content, 0, content.length)) {
            out.send(writer.write(header.build()), body);
        }
    }

    void close() {
        out.close();
    }

    void logonOverdue() {
        if (!accepted) {
            lost("no answer to the logon");
        }
    }

    void lost(String reason) {
        if (!lost) {
            lost = true;
            owner.lost(this, reason);
            out.close();
        }
    }

    void connected() {
        out.send(writer.write(logon));
        out.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Header header = ((Frame) message).header();
        if (header.verb() != Verb.ACK || !AckType.PROCESSED.word().equals(header.get(Field.ACK_TYPE))) {
            return;
        }
        if ("success".equals(header.get(Field.STATUS)) && header.has(Field.GSEQ)) {
            accepted = true;
            owner.accepted(this, Long.parseLong(header.text(Field.GSEQ)));
            out.flush();
        } else {
            lost("logon refused: " + Untrusted.escape(header.text(Field.REASON)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost("connection closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost(Untrusted.escape(String.valueOf(cause.getMessage())));
    }

    /** Whose connection it is. */
    interface Owner {

        /** The other side accepted the logon, and holds our log up to this index. */
        void accepted(ReplicationConnection from, long position);

        /** It is over. */
        void lost(ReplicationConnection from, String reason);
    }
}
