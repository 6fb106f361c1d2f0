package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a client sends, header and body, between {@code FrameEncoder.begin} and {@code end}: short keys, in a fixed
 * order, no white space. Without state; makes no garbage for a publish.
 *
 * <p>If a text cannot be sent ({@link IllegalArgumentException}: half a surrogate pair), nothing of it stays in the buffer.
 */
public final class HeaderEncoder {

    private static final byte[] PUBLISH = "{\"c\":\"p\",\"t\":\"".getBytes(US_ASCII);
    private static final byte[] DELTA_PUBLISH = "{\"c\":\"delta_publish\",\"t\":\"".getBytes(US_ASCII);
    private static final byte[] PERSISTED = "\",\"a\":\"persisted\",\"s\":".getBytes(US_ASCII);

    private HeaderEncoder() {}

    /**
     * Writes a publish that asks for {@code persisted}. It has no command id: its answer names its sequence number.
     *
     * @param sequence 1 or more
     */
    public static void writePublish(ByteBuf out, PublishRequest request, long sequence) {
        PublishRequest.Options options = request.options();
        out.writeBytes(options.delta() ? DELTA_PUBLISH : PUBLISH);
        JsonOut.topic(out, request.topic());
        out.writeBytes(PERSISTED);
        JsonOut.number(out, sequence);
        HeaderOut.number(out, HeaderField.EXPIRATION, options.expirationSeconds());
        HeaderOut.text(out, HeaderField.SOW_KEY, options.sowKey());
        HeaderOut.text(out, HeaderField.CORRELATION_ID, value(options.correlationId()));
        HeaderOut.end(out);
        body(out, request.payload());
    }

    /**
     * Writes a command.
     *
     * @param commandId zero or more, or negative for none
     */
    public static void writeCommand(ByteBuf out, Command command, long commandId) {
        int mark = out.writerIndex();
        try {
            writeFields(out, command, commandId);
        } catch (IllegalArgumentException unsendable) {
            out.writerIndex(mark);
            throw unsendable;
        }
        body(out, command.payload());
    }

    private static void writeFields(ByteBuf out, Command command, long commandId) {
        HeaderOut.begin(
                out,
                command.type() == CommandType.PUBLISH ? "p" : command.type().word());
        HeaderOut.commandId(out, commandId);
        HeaderOut.text(out, HeaderField.TOPIC, name(command.topic()));
        HeaderOut.text(out, HeaderField.FILTER, command.filter());
        HeaderOut.text(out, HeaderField.SUB_ID, command.subscriptionIds());
        HeaderOut.text(out, HeaderField.QUERY_ID, command.queryId());
        HeaderOut.text(out, HeaderField.BOOKMARK, value(command.bookmark()));
        HeaderOut.text(out, HeaderField.OPTS, command.options());
        HeaderOut.acks(out, command.acks());
        SequenceNumber sequence = command.sequence();
        HeaderOut.number(out, HeaderField.SEQ, sequence.equals(SequenceNumber.NONE) ? -1 : sequence.value());
        HeaderOut.number(out, HeaderField.EXPIRATION, command.expirationSeconds());
        HeaderOut.number(out, HeaderField.BATCH_SIZE, command.batchSize());
        HeaderOut.number(out, HeaderField.TOP_N, command.topN());
        HeaderOut.text(out, HeaderField.ORDERBY, command.orderBy());
        HeaderOut.text(out, HeaderField.SOW_KEY, command.sowKey());
        HeaderOut.text(out, HeaderField.SOW_KEYS, command.sowKeys());
        HeaderOut.text(out, HeaderField.CORRELATION_ID, value(command.correlationId()));
        HeaderOut.end(out);
    }

    /** Writes the logon command, which has command id 0 and asks for {@code processed}. */
    public static void writeLogon(ByteBuf out, LogonRequest logon, Endpoint endpoint, Credentials credentials) {
        int mark = out.writerIndex();
        String ownType = logon.messageType();
        try {
            HeaderOut.begin(out, CommandType.LOGON.word());
            HeaderOut.commandId(out, CommandId.LOGON.value());
            HeaderOut.text(out, HeaderField.CLIENT_NAME, logon.clientName());
            HeaderOut.text(out, HeaderField.MESSAGE_TYPE, ownType == null ? endpoint.messageType() : ownType);
            HeaderOut.acks(out, List.of(AckType.PROCESSED));
            HeaderOut.text(out, HeaderField.VERSION, logon.version());
            HeaderOut.text(out, HeaderField.USER_ID, credentials.user());
            HeaderOut.text(
                    out,
                    HeaderField.PASSWORD,
                    credentials.password() == null
                            ? null
                            : credentials.password().reveal());
            HeaderOut.text(out, HeaderField.CORRELATION_ID, value(logon.correlationId()));
            HeaderOut.text(out, HeaderField.OPTS, logon.options());
            HeaderOut.end(out);
        } catch (IllegalArgumentException unsendable) {
            out.writerIndex(mark);
            throw unsendable;
        }
    }

    /** Writes the request to be sent heartbeats, {@code start,<seconds>}; no ack is asked for. */
    public static void writeHeartbeatStart(ByteBuf out, Duration interval) {
        HeaderOut.begin(out, CommandType.HEARTBEAT.word());
        HeaderOut.text(out, HeaderField.OPTS, "start," + interval.toSeconds());
        HeaderOut.end(out);
    }

    /** Writes a sign of life, {@code beat}; no ack is asked for. */
    public static void writeHeartbeat(ByteBuf out) {
        HeaderOut.begin(out, CommandType.HEARTBEAT.word());
        HeaderOut.text(out, HeaderField.OPTS, "beat");
        HeaderOut.end(out);
    }

    /** The buffer's own NIO view takes the bytes without an object or an array in between. */
    private static void body(ByteBuf out, Payload payload) {
        int length = payload.length();
        if (length == 0) {
            return;
        }
        if (out.nioBufferCount() != 1) {
            out.writeBytes(payload.asByteBuffer());
            return;
        }
        out.ensureWritable(length);
        int at = out.writerIndex();
        payload.copyTo(out.internalNioBuffer(at, length));
        out.writerIndex(at + length);
    }

    private static @Nullable String value(@Nullable CorrelationId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable String value(@Nullable Bookmark bookmark) {
        return bookmark == null ? null : bookmark.value();
    }

    private static @Nullable String name(@Nullable Topic topic) {
        return topic == null ? null : topic.name();
    }
}
