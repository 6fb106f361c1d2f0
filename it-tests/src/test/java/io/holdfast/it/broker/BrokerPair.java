package io.holdfast.it.broker;

import java.util.ArrayDeque;
import java.util.Deque;

/** Two brokers in processes of their own, each with its log on disk, that replicate to each other. */
public final class BrokerPair implements AutoCloseable {

    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final BrokerUnderTest first;
    private final BrokerUnderTest second;

    private BrokerPair() {
        BrokerSettings kept = BrokerSettings.DEFAULTS.withLogOnDisk();
        int firstPort = FreePort.next();
        int secondPort = FreePort.next();
        first = opened(ProcessBroker.start(kept.ofPair(FIRST, loopback(secondPort)), firstPort));
        second = opened(ProcessBroker.start(kept.ofPair(SECOND, loopback(firstPort)), secondPort));
    }

    /** Starts both; they may still be about to find each other. */
    public static BrokerPair start() {
        return new BrokerPair();
    }

    /** One of them. */
    public BrokerUnderTest first() {
        return first;
    }

    /** The other. */
    public BrokerUnderTest second() {
        return second;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    private BrokerUnderTest opened(BrokerUnderTest broker) {
        opened.push(broker::close);
        return broker;
    }

    private static String loopback(int port) {
        return "tcp://127.0.0.1:" + port;
    }
}
