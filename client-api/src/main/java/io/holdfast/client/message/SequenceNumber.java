package io.holdfast.client.message;

/**
 * A publisher's number for a message ({@code s}), increasing per client name; gaps are legal.
 *
 * <p>A broker discards, without a word, a publish whose number is not above the highest that it holds for the name
 * (AMPS user guide); the logon ack tells that number.
 *
 * @param value one or more, or zero for "none yet"
 */
public record SequenceNumber(long value) implements Comparable<SequenceNumber> {

    /** Before the first message. */
    public static final SequenceNumber NONE = new SequenceNumber(0);

    /** Validates the number. */
    public SequenceNumber {
        if (value < 0) {
            throw new IllegalArgumentException("a sequence number is zero or more, not " + value);
        }
    }

    /** The sequence number with this value. */
    public static SequenceNumber of(long value) {
        return value == 0 ? NONE : new SequenceNumber(value);
    }

    @Override
    public int compareTo(SequenceNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
