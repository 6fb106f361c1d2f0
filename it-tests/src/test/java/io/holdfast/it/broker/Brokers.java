package io.holdfast.it.broker;

import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses how the broker under test runs. */
public final class Brokers {

    private Brokers() {}

    /** Starts a broker that is ready for clients. */
    public static BrokerUnderTest start(BrokerSettings settings) {
        return Engine.isThere() ? ContainerBroker.start(settings) : ProcessBroker.start(settings, FreePort.next());
    }

    /** Starts one with its log on disk that can be started again: in a process of its own, with or without an engine. */
    public static RestartableBroker startRestartable() {
        return ProcessBroker.start(BrokerSettings.DEFAULTS.withLogOnDisk(), FreePort.next());
    }

    /** The same, but always in a process on this machine: for tests that look into its folder. */
    public static BrokerUnderTest startProcess(BrokerSettings settings) {
        return ProcessBroker.start(settings, FreePort.next());
    }

    /** The broker's jar, as the build before the tests made it. */
    static Path jar() {
        return built("reference-broker", "holdfast-reference-broker.jar");
    }

    /** A runnable jar of another module. */
    public static Path built(String module, String name) {
        Path jar = Path.of("..", module, "target", name).toAbsolutePath().normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(name + " is missing: run 'mvn verify' from the top, not this module alone");
        }
        return jar;
    }
}
