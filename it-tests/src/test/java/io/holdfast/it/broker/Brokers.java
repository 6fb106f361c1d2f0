package io.holdfast.it.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** Chooses how the broker under test runs. */
public final class Brokers {

    /** {@code required}: no engine is a failure. {@code off}: never ask for one. Anything else: use one if there is one. */
    private static final String CONTAINERS = System.getProperty("it.containers", "auto");

    private static final boolean ENGINE = engine();

    private Brokers() {}

    /** Starts a broker that is ready for clients. */
    public static BrokerUnderTest start(BrokerSettings settings) {
        return ENGINE ? ContainerBroker.start(settings) : ProcessBroker.start(settings);
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

    private static boolean engine() {
        boolean found =
                !CONTAINERS.equals("off") && DockerClientFactory.instance().isDockerAvailable();
        if (CONTAINERS.equals("required") && !found) {
            throw new IllegalStateException("no container engine answers, and -Dit.containers=required");
        }
        System.err.println(
                found
                        ? "== end-to-end suite: the broker runs in a CONTAINER =="
                        : "== end-to-end suite: NO CONTAINER ENGINE, the broker runs in a PROCESS of its own =="
                                + " (-Dit.containers=required makes this a failure)");
        return found;
    }
}
