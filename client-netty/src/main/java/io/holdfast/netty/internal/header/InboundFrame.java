package io.holdfast.netty.internal.header;

import io.holdfast.client.connect.Secret;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class InboundFrame implements Message {

    /** {@link #commandId()} of a frame without a command id. */
    public static final long NO_COMMAND_ID = -1;

    /** {@link #commandId()} of a frame whose command id is no number as we write them. */
    public static final long FOREIGN_COMMAND_ID = -2;

    @Override
    public CommandType type() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Topic topic() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Payload payload() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String subscriptionIds() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Bookmark> bookmark() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> sowKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CorrelationId> correlationId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> timestamp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> reason() {
        throw new UnsupportedOperationException();
    }

    /** The command answered, {@link #NO_COMMAND_ID} or {@link #FOREIGN_COMMAND_ID}. */
    public long commandId() {
        throw new UnsupportedOperationException();
    }

    /** The kind of an ack; never null on a frame of type ACK that {@link HeaderDecoder} let through. */
    public @Nullable AckType ackType() {
        throw new UnsupportedOperationException();
    }

    /** The outcome of an ack; never null on a frame of type ACK that {@link HeaderDecoder} let through. */
    public @Nullable AckStatus status() {
        throw new UnsupportedOperationException();
    }

    /** The client name, as the broker repeats it. Untrusted text. */
    public @Nullable String clientName() {
        throw new UnsupportedOperationException();
    }

    /** The broker's version. Untrusted text. */
    public @Nullable String version() {
        throw new UnsupportedOperationException();
    }

    /** The user, in an answer that asks for another round. */
    public @Nullable String userId() {
        throw new UnsupportedOperationException();
    }

    /** The password, in an answer that asks for another round. */
    public @Nullable Secret password() {
        throw new UnsupportedOperationException();
    }

    /** The options, such as those of a heartbeat. */
    public @Nullable String options() {
        throw new UnsupportedOperationException();
    }

    /** The sequence number, or -1 if there is none. */
    public long sequence() {
        throw new UnsupportedOperationException();
    }

    /** Whether the field is there and not null. */
    public boolean has(HeaderField field) {
        throw new UnsupportedOperationException();
    }

    /** A field as text, made anew at each call, or null if it is not there. */
    public @Nullable String text(HeaderField field) {
        throw new UnsupportedOperationException();
    }

    /** A field of numbers, or {@code absent} if it is not there. */
    public long number(HeaderField field, long absent) {
        throw new UnsupportedOperationException();
    }

    /** The ack as a value that may be kept. Only on a frame of type ACK. */
    public Ack toAck() {
        throw new UnsupportedOperationException();
    }
}
