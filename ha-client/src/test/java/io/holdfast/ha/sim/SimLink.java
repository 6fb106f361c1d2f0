package io.holdfast.ha.sim;

import java.util.SplittableRandom;

/** A TCP connection between a client's process and a broker: two pipes that break together. */
final class SimLink {

    private final long id;
    private final String clientName;
    private final String broker;
    private final SimWorld world;
    private final SimPipe<ClientFrame> up;
    private final SimPipe<BrokerFrame> down;
    private final long latencyNanos;

    /** A link; {@code id} tells it from others in the trace. */
    SimLink(
            long id,
            String clientName,
            String broker,
            SimWorld world,
            SplittableRandom random,
            long latencyNanos,
            SimPipe.Receiver<ClientFrame> atBroker,
            SimPipe.Receiver<BrokerFrame> atClient) {
        this.id = id;
        this.clientName = clientName;
        this.broker = broker;
        this.world = world;
        this.latencyNanos = latencyNanos;
        this.up = new SimPipe<>(world, random.split(), latencyNanos, atBroker);
        this.down = new SimPipe<>(world, random.split(), latencyNanos, atClient);
    }

    /** What the client writes. */
    SimPipe<ClientFrame> up() {
        return up;
    }

    /** What the broker writes. */
    SimPipe<BrokerFrame> down() {
        return down;
    }

    /** One way, on average. */
    long latencyNanos() {
        return latencyNanos;
    }

    /** The port on our side. */
    int port() {
        return 30_000 + (int) (id % 30_000);
    }

    String clientName() {
        return clientName;
    }

    String broker() {
        return broker;
    }

    /** Both ends learn at once that it is over; what is on its way is lost. */
    void reset() {
        world.trace(this + " is reset");
        up.reset();
        down.reset();
    }

    /** Silence in both directions; nobody is told. */
    void blackhole(boolean upwards, boolean downwards) {
        world.trace(this + " goes silent" + (upwards ? " up" : "") + (downwards ? " down" : ""));
        if (upwards) {
            up.blackhole();
        }
        if (downwards) {
            down.blackhole();
        }
    }

    /** Breaks once the client has written this many more bytes. */
    void cutUpAfter(long bytes) {
        long at = up.written() + bytes;
        world.trace(this + " will break at byte " + at + " up");
        up.cutAfter(at, () -> breaks("up"));
    }

    /** Breaks once the broker has written this many more bytes. */
    void cutDownAfter(long bytes) {
        long at = down.written() + bytes;
        world.trace(this + " will break at byte " + at + " down");
        down.cutAfter(at, () -> breaks("down"));
    }

    private void breaks(String way) {
        world.trace(this + " breaks within a frame " + way);
        reset();
    }

    /** Takes cuts back that have not happened. */
    void neverCut() {
        up.neverCut();
        down.neverCut();
    }

    /** Whether one of the ends may still believe in it although nothing arrives. */
    boolean isHalfOpen() {
        return up.isBlackhole() || down.isBlackhole();
    }

    @Override
    public String toString() {
        return "link " + id + " (" + clientName + " - " + broker + ")";
    }
}
