package io.holdfast.it.broker;

/** Chooses how the broker under test runs. */
public final class Brokers {

    private Brokers() {}

    /** Starts a broker that is ready for clients. */
    public static BrokerUnderTest start(BrokerSettings settings) {
        return Engine.isThere() ? ContainerBroker.start(settings) : startProcess(settings);
    }

    /** Starts one with its log on disk that can be started again. */
    public static RestartableBroker startRestartable() {
        BrokerSettings kept = BrokerSettings.DEFAULTS.withLogOnDisk();
        return Engine.isThere() ? ContainerBroker.startRestartable(kept) : startProcess(kept);
    }

    /** Starts one that is always in a process on this machine: for tests that look into its folder. */
    public static RestartableBroker startProcess(BrokerSettings settings) {
        return ProcessBroker.start(settings, FreePort.next());
    }
}
