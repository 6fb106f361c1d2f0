package io.holdfast.netty.internal.header;

import io.holdfast.client.connect.Secret;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decoded frame, or one record of a {@code sow} frame: a flyweight that {@link HeaderParser} fills and
 * {@link HeaderDecoder} passes on.
 *
 * <p>Valid during the call it is passed to; the next frame takes its place. Command, topic and subscription ids are there at
 * once and cost nothing; every other value is made when it is asked for. Confined to the event loop.
 */
public final class InboundFrame implements Message {

    /** {@link #commandId()} of a frame without a command id. */
    public static final long NO_COMMAND_ID = -1;

    /** {@link #commandId()} of a frame whose command id is no number as we write them. */
    public static final long FOREIGN_COMMAND_ID = -2;

    private final HeaderFields fields = new HeaderFields();
    private final FramePayload payload = new FramePayload();
    private CommandType type = CommandType.HEARTBEAT;
    private Topic topic = Topic.NONE;
    private String subscriptionIds = "";

    HeaderFields fields() {
        return fields;
    }

    void head(CommandType newType, Topic newTopic, String newSubscriptionIds) {
        type = newType;
        topic = newTopic;
        subscriptionIds = newSubscriptionIds;
    }

    void recordOf(InboundFrame outer) {
        head(outer.type, outer.topic, outer.subscriptionIds);
    }

    void body(ByteBuf buffer, int start, int length) {
        payload.set(buffer, start, length);
    }

    @Override
    public CommandType type() {
        return type;
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public Payload payload() {
        return payload;
    }

    @Override
    public String subscriptionIds() {
        return subscriptionIds;
    }

    @Override
    public Optional<Bookmark> bookmark() {
        return Optional.ofNullable(bookmarkOrNull());
    }

    @Override
    public long bookmarkPublisher() {
        return fields.publisher(HeaderField.BOOKMARK);
    }

    @Override
    public long bookmarkSequence() {
        return fields.publisherSequence(HeaderField.BOOKMARK);
    }

    @Override
    public Optional<String> sowKey() {
        return optional(HeaderField.SOW_KEY);
    }

    @Override
    public Optional<CorrelationId> correlationId() {
        Optional<String> token = optional(HeaderField.CORRELATION_ID);
        try {
            return token.map(CorrelationId::of);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty(); // another publisher's choice, and no reason to end our connection
        }
    }

    @Override
    public Optional<String> timestamp() {
        return optional(HeaderField.TIMESTAMP);
    }

    @Override
    public Optional<String> reason() {
        return Optional.ofNullable(text(HeaderField.REASON));
    }

    /** The command answered, {@link #NO_COMMAND_ID} or {@link #FOREIGN_COMMAND_ID}. */
    public long commandId() {
        if (!fields.has(HeaderField.CMD_ID)) {
            return NO_COMMAND_ID;
        }
        long id = fields.decimal(HeaderField.CMD_ID);
        return id < 0 ? FOREIGN_COMMAND_ID : id;
    }

    /** The kind of an ack; null if there is none or an unknown one, which {@link HeaderDecoder} lets no ack pass with. */
    public @Nullable AckType ackType() {
        return fields.word(HeaderField.ACK_TYPE, AckWords.TYPES);
    }

    /** The outcome of an ack; null if there is none or an unknown one, which {@link HeaderDecoder} lets no ack pass with. */
    public @Nullable AckStatus status() {
        return fields.word(HeaderField.STATUS, AckWords.STATUSES);
    }

    /** The client name, as the broker repeats it. Untrusted text. */
    public @Nullable String clientName() {
        return text(HeaderField.CLIENT_NAME);
    }

    /** The broker's version. Untrusted text. */
    public @Nullable String version() {
        return text(HeaderField.VERSION);
    }

    /** The user, in an answer that asks for another round. */
    public @Nullable String userId() {
        return text(HeaderField.USER_ID);
    }

    /** The password, in an answer that asks for another round. */
    public @Nullable Secret password() {
        String password = text(HeaderField.PASSWORD);
        return password == null ? null : Secret.of(password);
    }

    /** The options, such as those of a heartbeat. */
    public @Nullable String options() {
        return text(HeaderField.OPTS);
    }

    /** The sequence number, or -1 if there is none. */
    public long sequence() {
        return number(HeaderField.SEQ, -1);
    }

    /** Whether the field is there and not null. */
    public boolean has(HeaderField field) {
        return fields.has(field);
    }

    /** A field as text, made anew at each call, or null if it is not there. */
    public @Nullable String text(HeaderField field) {
        return fields.text(field);
    }

    /** A field whose {@link HeaderField#isNumber()} is true, or {@code absent} if it is not there. */
    public long number(HeaderField field, long absent) {
        return fields.number(field, absent);
    }

    /** The ack as a value that may be kept. Only on a frame of type ACK that {@link HeaderDecoder} passed on. */
    public Ack toAck() {
        long commandId = commandId();
        return new Ack(
                Objects.requireNonNull(ackType(), "no ack type"),
                Objects.requireNonNull(status(), "no status"),
                text(HeaderField.REASON),
                commandId < 0 ? null : CommandId.of(commandId),
                SequenceNumber.of(number(HeaderField.SEQ, 0)),
                bookmarkOrNull(),
                AckWords.counts(fields));
    }

    private @Nullable Bookmark bookmarkOrNull() {
        String text = fields.hasText(HeaderField.BOOKMARK) ? text(HeaderField.BOOKMARK) : null;
        return text == null ? null : Bookmark.of(text);
    }

    private Optional<String> optional(HeaderField field) {
        return fields.hasText(field) ? Optional.ofNullable(text(field)) : Optional.empty();
    }

    /** What kind, for whom, how large: never the body, and no text of the peer's. */
    @Override
    public String toString() {
        return "InboundFrame[" + type.word() + ", " + payload + "]";
    }
}
