package io.holdfast.client.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The body of a message: bytes whose meaning is the message type's, not ours.
 *
 * <p>A payload made by {@code of} is immutable (it copies) and may be shared. A payload seen through a received
 * {@link Message} is a view with that message's lifetime; {@link #toBytes()} keeps it.
 */
public interface Payload {

    /** The length in bytes; zero is legal. */
    int length();

    /**
     * The byte at {@code index}.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= index < length()}
     */
    byte byteAt(int index);

    /**
     * Copies all bytes into {@code target}, from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if {@code target} has fewer than {@link #length()} bytes from {@code offset} on
     */
    void copyTo(byte[] target, int offset);

    /**
     * Copies all bytes into {@code target} at its position, which moves behind them: how a transport writes a payload
     * without making garbage.
     *
     * @throws java.nio.BufferOverflowException if fewer than {@link #length()} bytes remain in {@code target}
     */
    default void copyTo(ByteBuffer target) {
        target.put(asByteBuffer());
    }

    /** A read-only buffer over the bytes, with this payload's lifetime. */
    ByteBuffer asByteBuffer();

    /** A copy of the bytes. */
    default byte[] toBytes() {
        byte[] copy = new byte[length()];
        copyTo(copy, 0);
        return copy;
    }

    /** The bytes read as UTF-8; malformed input becomes U+FFFD, as with {@link String#String(byte[], java.nio.charset.Charset)}. */
    default String utf8() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    /** No bytes. */
    static Payload empty() {
        return ArrayPayload.EMPTY;
    }

    /** A payload that holds a copy of {@code bytes}. */
    static Payload of(byte[] bytes) {
        return new ArrayPayload(bytes.clone());
    }

    /** A payload that holds a copy of {@code length} bytes of {@code bytes} from {@code offset} on. */
    static Payload of(byte[] bytes, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        return new ArrayPayload(copy);
    }

    /** A payload that holds the UTF-8 form of {@code text}. */
    static Payload utf8(String text) {
        return new ArrayPayload(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A payload over {@code bytes} itself, without a copy. The caller must not change the array before the call it was
     * passed to has returned: transports copy a payload into their own buffer before they return.
     */
    static Payload wrap(byte[] bytes) {
        return new ArrayPayload(bytes);
    }
}
