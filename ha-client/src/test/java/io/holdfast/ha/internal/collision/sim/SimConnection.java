package io.holdfast.ha.internal.collision.sim;

import org.jspecify.annotations.Nullable;

/** One connection between a client and the broker: in order to each side, late by the client's distance. */
final class SimConnection {

    final String name;
    final String id;
    final boolean control;
    final @Nullable String correlationId;
    private final SimWorld world;
    private final long latency;
    private final Owner owner;
    private long arrivesAtClient;
    boolean openAtBroker = true;
    boolean openAtClient = true;
    boolean cut;
    boolean watches;
    boolean heartbeats;
    long lastTraffic;

    SimConnection(
            SimWorld world,
            long latency,
            String name,
            String id,
            boolean control,
            @Nullable String correlationId,
            Owner owner) {
        this.world = world;
        this.latency = latency;
        this.name = name;
        this.id = id;
        this.control = control;
        this.correlationId = correlationId;
        this.owner = owner;
        this.lastTraffic = world.now();
    }

    long latency() {
        return latency;
    }

    /** Runs it at the client when what the broker sends now arrives. */
    void toClient(Runnable arrival) {
        arrivesAtClient = Math.max(arrivesAtClient, world.now() + latency + world.between(0, latency / 4 + 1));
        world.after(arrivesAtClient - world.now(), () -> {
            if (openAtClient && !cut) {
                lastTraffic = world.now();
                arrival.run();
            }
        });
    }

    /** The broker, or the network, ended it. */
    void closedByPeer() {
        openAtBroker = false;
        long closedAt = world.now();
        toClient(() -> {
            world.noteBelief(world.now() - closedAt);
            openAtClient = false;
            owner.closed(this);
        });
    }

    /** Who has the client's end. */
    interface Owner {
        void loggedOn(SimConnection connection);

        void refused(boolean unreachable);

        void closed(SimConnection connection);
    }
}
