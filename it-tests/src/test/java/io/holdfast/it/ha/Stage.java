package io.holdfast.it.ha;

import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.broker.ContainerBroker;
import io.holdfast.it.broker.Engine;
import io.holdfast.it.broker.RestartableBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Network;

/** A broker and a program that connects to it: in containers on a network of their own where there is an engine, else in processes. */
final class Stage implements AutoCloseable {

    private static final String BROKER = "broker";

    private final Path folder;
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final @Nullable Network network;
    private final RestartableBroker broker;

    private Stage(BrokerSettings settings, Path folder) {
        this.folder = folder;
        if (Engine.isThere()) {
            Network own = Network.newNetwork();
            opened.push(own::close);
            network = own;
            broker = ContainerBroker.startRestartable(settings, own, BROKER);
        } else {
            network = null;
            broker = Brokers.startProcess(settings);
        }
        opened.push(broker::close);
    }

    /** Starts the broker; a program in a process keeps everything in this folder. */
    static Stage with(BrokerSettings settings, Path folder) {
        return new Stage(settings, folder);
    }

    /** The broker, which this machine reaches too. */
    RestartableBroker broker() {
        return broker;
    }

    /** Starts the one program under this client name, with these further lines of its configuration. */
    HoldProgram<?> hold(String name, String... more) throws IOException {
        String configuration = """
                holdfast.servers = %s
                holdfast.client.name = %s
                holdfast.heartbeat.interval = 1s
                """.formatted(network == null ? broker.uri() : ContainerBroker.uriWithin(BROKER), name)
                + String.join("\n", more);
        HoldProgram<?> hold = network == null
                ? HoldProgram.inProcess(folder, configuration)
                : HoldProgram.inContainer(network, configuration);
        opened.push(hold::close);
        return hold;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
