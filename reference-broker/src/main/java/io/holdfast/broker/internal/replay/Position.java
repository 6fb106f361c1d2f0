package io.holdfast.broker.internal.replay;

/** One position in the log, as a bookmark names it (protocol text 4.6). */
sealed interface Position {

    /** {@code 0}: the start of the log. */
    record Epoch() implements Position {}

    /** {@code 0|1|}: the end of the log. */
    record Now() implements Position {}

    /**
     * {@code hash|sequence|}: a message.
     *
     * @param publisherHash of the publisher's name
     * @param sequence the publisher's
     */
    record Message(String publisherHash, long sequence) implements Position {}

    /**
     * {@code YYYYmmddTHHMMSS[.ffffff][Z]}: a time.
     *
     * @param micros microseconds since 1970
     */
    record Time(long micros) implements Position {}
}
