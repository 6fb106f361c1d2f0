package io.holdfast.broker.internal.topic;

/**
 * The part of the log that a bookmark subscription gets.
 *
 * @param from the index of the first record
 * @param fromMicros records taken before this time are left out, microseconds since 1970; 0 for none: for a time that has not come
 *     yet
 * @param fromStart whether it begins with the oldest record that is kept, whichever that is by the time it is read
 * @param to the index of the last record; {@link Long#MAX_VALUE} if it goes on with what is published
 * @param toMicros the first record taken after this time ends it, microseconds since 1970
 */
public record ReplayRange(long from, long fromMicros, boolean fromStart, long to, long toMicros) {

    /** From this index on, without an end. */
    public static ReplayRange from(long index) {
        return new ReplayRange(index, 0, false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Whether it goes on with what is published. */
    public boolean isOpen() {
        return to == Long.MAX_VALUE;
    }
}
