package io.holdfast.it.broker;

import org.testcontainers.DockerClientFactory;

/** Whether there is a container engine, asked once; says in one loud line how the suite runs. */
public final class Engine {

    /** {@code required}: no engine is a failure. {@code off}: never ask for one. Anything else: use one if there is one. */
    private static final String CONTAINERS = System.getProperty("it.containers", "auto");

    private static final boolean THERE = look();

    private Engine() {}

    /** Whether brokers and programs run in containers; else in processes. */
    public static boolean isThere() {
        return THERE;
    }

    private static boolean look() {
        boolean found =
                !CONTAINERS.equals("off") && DockerClientFactory.instance().isDockerAvailable();
        if (CONTAINERS.equals("required") && !found) {
            throw new IllegalStateException("no container engine answers, and -Dit.containers=required");
        }
        System.err.println(
                found
                        ? "== end-to-end suite: brokers and programs run in CONTAINERS =="
                        : "== end-to-end suite: NO CONTAINER ENGINE, brokers and programs run in PROCESSES of their own =="
                                + " (-Dit.containers=required makes this a failure)");
        return found;
    }
}
