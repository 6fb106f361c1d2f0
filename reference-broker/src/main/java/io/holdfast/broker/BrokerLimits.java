package io.holdfast.broker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The bounds on what clients can make the broker hold.
 *
 * @param maxFrameBytes the largest frame accepted, header and body; default 16 MiB, at most the 200 MB of the protocol. Before
 *     the logon it is {@link #FRAME_BYTES_BEFORE_LOGON} at most
 * @param outboundBytes bytes waiting for one client before it counts as slow and is dropped; default 64 MiB, or a quarter of the
 *     JVM's memory if that is less. One frame may exceed it
 * @param maxConnections connections at a time; default 4,096. Further ones are closed at once
 * @param maxSubscriptions subscriptions of one connection; default 10,000
 * @param maxPublishers client names whose publisher sequence is remembered; default 1,000,000. A further name cannot publish
 *     with sequence numbers
 * @param memoryLogBytes about what the transaction log of a broker without a data folder may take in memory, in bytes; default 64 MiB,
 *     or an eighth of the JVM's memory if that is less. The oldest messages are dropped beyond it
 * @param logonDeadline how long a connection may take from accept to logon, TLS included; default 10 s
 */
public record BrokerLimits(
        int maxFrameBytes,
        int outboundBytes,
        int maxConnections,
        int maxSubscriptions,
        int maxPublishers,
        long memoryLogBytes,
        Duration logonDeadline) {

    /** The largest command of the protocol. */
    public static final int LARGEST_FRAME_BYTES = 200_000_000;

    /** The largest frame accepted from a stranger. */
    public static final int FRAME_BYTES_BEFORE_LOGON = 64 << 10;

    /** The defaults named above. */
    public static final BrokerLimits DEFAULTS = new BrokerLimits(
            16 << 20,
            (int) Math.min(64 << 20, Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 4)),
            4_096,
            10_000,
            1_000_000,
            Math.min(64 << 20, Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 8)),
            Duration.ofSeconds(10));

    /** Validates the ranges. */
    public BrokerLimits {
        inRange("maxFrameBytes", maxFrameBytes, LARGEST_FRAME_BYTES);
        inRange("outboundBytes", outboundBytes, Integer.MAX_VALUE);
        inRange("maxConnections", maxConnections, Integer.MAX_VALUE);
        inRange("maxSubscriptions", maxSubscriptions, Integer.MAX_VALUE);
        inRange("maxPublishers", maxPublishers, Integer.MAX_VALUE);
        if (memoryLogBytes < 1) {
            throw new IllegalArgumentException("limit 'memoryLogBytes' is above zero, not " + memoryLogBytes);
        }
        requireNonNull(logonDeadline, "logonDeadline");
        if (logonDeadline.isNegative() || logonDeadline.isZero() || logonDeadline.toHours() > 1) {
            throw new IllegalArgumentException("logonDeadline is above zero and at most an hour, not " + logonDeadline);
        }
    }

    /** These with another largest frame, in bytes. */
    public BrokerLimits withMaxFrameBytes(int value) {
        return new BrokerLimits(
                value, outboundBytes, maxConnections, maxSubscriptions, maxPublishers, memoryLogBytes, logonDeadline);
    }

    /** These with another outbound bound, in bytes. */
    public BrokerLimits withOutboundBytes(int value) {
        return new BrokerLimits(
                maxFrameBytes, value, maxConnections, maxSubscriptions, maxPublishers, memoryLogBytes, logonDeadline);
    }

    /** These with another number of connections. */
    public BrokerLimits withMaxConnections(int value) {
        return new BrokerLimits(
                maxFrameBytes, outboundBytes, value, maxSubscriptions, maxPublishers, memoryLogBytes, logonDeadline);
    }

    /** These with another number of subscriptions per connection. */
    public BrokerLimits withMaxSubscriptions(int value) {
        return new BrokerLimits(
                maxFrameBytes, outboundBytes, maxConnections, value, maxPublishers, memoryLogBytes, logonDeadline);
    }

    /** These with another number of remembered publishers. */
    public BrokerLimits withMaxPublishers(int value) {
        return new BrokerLimits(
                maxFrameBytes, outboundBytes, maxConnections, maxSubscriptions, value, memoryLogBytes, logonDeadline);
    }

    /** These with another bound on the log in memory, in bytes. */
    public BrokerLimits withMemoryLogBytes(long value) {
        return new BrokerLimits(
                maxFrameBytes, outboundBytes, maxConnections, maxSubscriptions, maxPublishers, value, logonDeadline);
    }

    /** These with another deadline for the logon. */
    public BrokerLimits withLogonDeadline(Duration value) {
        return new BrokerLimits(
                maxFrameBytes, outboundBytes, maxConnections, maxSubscriptions, maxPublishers, memoryLogBytes, value);
    }

    private static void inRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("limit '" + name + "' is 1.." + most + ", not " + value);
        }
    }
}
