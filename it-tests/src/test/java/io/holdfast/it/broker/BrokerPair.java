package io.holdfast.it.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.testcontainers.containers.Network;

/** Two brokers, each with its log on disk, that replicate to each other: on a network of their own, or in processes. */
public final class BrokerPair implements AutoCloseable {

    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final BrokerSettings KEPT = BrokerSettings.DEFAULTS.withLogOnDisk();

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final BrokerUnderTest first;
    private final BrokerUnderTest second;

    private BrokerPair() {
        if (Engine.isThere()) {
            Network network = Network.newNetwork();
            opened.push(network::close);
            first = inContainer(network, FIRST, SECOND);
            second = inContainer(network, SECOND, FIRST);
        } else {
            int firstPort = FreePort.next();
            int secondPort = FreePort.next();
            first = opened(ProcessBroker.start(KEPT.ofPair(FIRST, loopback(secondPort)), firstPort));
            second = opened(ProcessBroker.start(KEPT.ofPair(SECOND, loopback(firstPort)), secondPort));
        }
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

    private BrokerUnderTest inContainer(Network network, String name, String other) {
        return opened(ContainerBroker.startRestartable(
                KEPT.ofPair(name, ContainerBroker.addressWithin(other)), network, name));
    }

    private BrokerUnderTest opened(BrokerUnderTest broker) {
        opened.push(broker::close);
        return broker;
    }

    private static String loopback(int port) {
        return "tcp://127.0.0.1:" + port;
    }
}
