package io.holdfast.client;

/**
 * The bounds on everything a client buffers, per connection or per subscription; all at least 1.
 *
 * @param maxFrameBytes the largest frame sent or accepted, header and body; default 16 MiB, at most the 200 MB that AMPS
 *     accepts. A larger frame from the broker closes the connection before it is buffered
 * @param writeQueueBytes bytes waiting to be written to the socket; default 4 MiB
 * @param publishesInFlight publishes sent and not yet confirmed; default 65,536
 * @param commandsInFlight commands sent and not yet answered; default 4,096
 * @param laneMessages messages waiting in one subscription's lane; default 4,096
 * @param laneBytes bytes of payload waiting in one subscription's lane; default 8 MiB. One message may exceed it
 */
public record Limits(
        int maxFrameBytes,
        int writeQueueBytes,
        int publishesInFlight,
        int commandsInFlight,
        int laneMessages,
        int laneBytes) {

    /** The largest command an AMPS server accepts. */
    public static final int MAX_FRAME_BYTES = 200_000_000;

    /** The defaults named above. */
    public static final Limits DEFAULTS = new Limits(16 << 20, 4 << 20, 65_536, 4_096, 4_096, 8 << 20);

    /** Validates the ranges. */
    public Limits {
        inRange("maxFrameBytes", maxFrameBytes, MAX_FRAME_BYTES);
        inRange("writeQueueBytes", writeQueueBytes, Integer.MAX_VALUE);
        inRange("publishesInFlight", publishesInFlight, Integer.MAX_VALUE);
        inRange("commandsInFlight", commandsInFlight, Integer.MAX_VALUE);
        inRange("laneMessages", laneMessages, Integer.MAX_VALUE);
        inRange("laneBytes", laneBytes, Integer.MAX_VALUE);
    }

    /** These with another largest frame, in bytes. */
    public Limits withMaxFrameBytes(int value) {
        return new Limits(value, writeQueueBytes, publishesInFlight, commandsInFlight, laneMessages, laneBytes);
    }

    /** These with another write queue, in bytes. */
    public Limits withWriteQueueBytes(int value) {
        return new Limits(maxFrameBytes, value, publishesInFlight, commandsInFlight, laneMessages, laneBytes);
    }

    /** These with another number of unconfirmed publishes. */
    public Limits withPublishesInFlight(int value) {
        return new Limits(maxFrameBytes, writeQueueBytes, value, commandsInFlight, laneMessages, laneBytes);
    }

    /** These with another number of unanswered commands. */
    public Limits withCommandsInFlight(int value) {
        return new Limits(maxFrameBytes, writeQueueBytes, publishesInFlight, value, laneMessages, laneBytes);
    }

    /** These with another lane, in messages and in bytes. */
    public Limits withLane(int messages, int bytes) {
        return new Limits(maxFrameBytes, writeQueueBytes, publishesInFlight, commandsInFlight, messages, bytes);
    }

    private static void inRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("limit '" + name + "' is 1.." + most + ", not " + value);
        }
    }
}
