package io.holdfast.ha.internal.collision.sim;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A client that is not ours: it reconnects after each end, for ever, and says nothing about itself. */
final class SimRival implements SimConnection.Owner {

    private final SimWorld world;
    private final SimBroker broker;
    private final LongSupplier delay;
    private final long latency;
    private boolean dead;
    private @Nullable SimConnection link;
    private long upSince;
    private long upTotal;

    SimRival(SimWorld world, SimBroker broker, LongSupplier delay) {
        this.world = world;
        this.broker = broker;
        this.delay = delay;
        this.latency = world.between(50_000, 20 * SimWorld.MILLI);
    }

    /** The delay is always the same. */
    static LongSupplier fixed(long nanos) {
        return () -> nanos;
    }

    /** The delay doubles with each end up to the most, and is never reset. */
    static LongSupplier growing(long first, long most) {
        long[] next = {first};
        return () -> {
            long now = next[0];
            next[0] = Math.min(most, 2 * now);
            return now;
        };
    }

    /** What clients usually do: full jitter that would double, but every successful logon begins anew. */
    static LongSupplier resetOnConnect(SimWorld world, long first) {
        return () -> world.between(0, first);
    }

    void start() {
        if (!dead) {
            broker.connect(SimClient.NAME, false, latency, null, this);
        }
    }

    void stop() {
        dead = true;
        if (link != null) {
            upTotal += world.now() - upSince;
            broker.leave(link);
            link = null;
        }
    }

    boolean isUp() {
        return link != null;
    }

    long upTotal() {
        return upTotal + (link == null ? 0 : world.now() - upSince);
    }

    @Override
    public void loggedOn(SimConnection connection) {
        if (dead) {
            broker.leave(connection);
            return;
        }
        link = connection;
        upSince = world.now();
    }

    @Override
    public void refused(boolean unreachable) {
        world.after(delay.getAsLong(), this::start);
    }

    @Override
    public void closed(SimConnection connection) {
        if (connection == link) {
            upTotal += world.now() - upSince;
            link = null;
        }
        world.after(delay.getAsLong(), this::start);
    }
}
