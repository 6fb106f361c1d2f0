package io.holdfast.testkit.golden;

import io.holdfast.client.error.ProtocolException.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One frame, and what it means.
 *
 * @param name the file's name without its ending
 * @param direction who may send it
 * @param fields what must be read from the header: long key (protocol section 1.2) to text, escapes undone; numbers as digits
 * @param payload what follows the header
 * @param bytes the frame's content; with the length field before it if {@code framed}
 * @param error set if the frame must be refused; fields and payload are then empty
 * @param exact whether the client, given the fields, must write exactly these bytes
 * @param framed whether {@code bytes} is what stands on the wire, and the connection ends after it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record GoldenVector(
        String name,
        Direction direction,
        Map<String, String> fields,
        byte[] payload,
        byte[] bytes,
        Optional<ExpectedError> error,
        boolean exact,
        boolean framed) {

    /** Whether a broker may send this, or, for an error, whether a client must refuse it. */
    public boolean isFromBroker() {
        return direction != Direction.TO_BROKER;
    }

    /** Whether a client may send this, or, for an error, whether a broker must refuse it. */
    public boolean isToBroker() {
        return direction != Direction.FROM_BROKER;
    }

    /** For the names of parameterized tests. */
    @Override
    public String toString() {
        return name;
    }

    /** Who may send a frame. */
    public enum Direction {
        /** The broker. */
        FROM_BROKER,
        /** A client. */
        TO_BROKER,
        /** Either. */
        BOTH
    }

    /**
     * The violation that a frame is.
     *
     * @param violation what kind
     * @param offset at which byte of the content, if that is pinned
     */
    public record ExpectedError(Violation violation, OptionalLong offset) {}
}
