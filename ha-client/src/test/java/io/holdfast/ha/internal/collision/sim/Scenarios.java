package io.holdfast.ha.internal.collision.sim;

import static io.holdfast.ha.internal.collision.sim.SimWorld.MILLI;
import static io.holdfast.ha.internal.collision.sim.SimWorld.SECOND;

import io.holdfast.ha.collision.CollisionOptions;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The stories of the simulation, each a function of its seed. They give {@code null}, or what went wrong. */
final class Scenarios {

    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    /** In seconds: what clients of other kinds wait between two attempts. */
    static final List<Double> RIVAL_DELAYS = List.of(0.2, 5.0, 30.0, 120.0, 400.0, 550.0);

    private Scenarios() {}

    /** What became of two fresh clients. */
    record Settled(long nanos, int evictions, @Nullable String wrong) {}

    static Settled twoFresh(long seed, boolean readable) {
        Group group = new Group(seed, readable);
        long second = group.world.between(0, 5 * SECOND);
        group.ours(0);
        group.ours(second);
        // Without status events a standby tries after 45 s at the earliest; what happens before that is the settling.
        group.world.runUntil(second + 40 * SECOND);
        boolean one = group.up() == 1;
        return new Settled(
                group.lastEviction() - second,
                group.broker.evictions.size(),
                one ? null : "not exactly one is connected: " + group);
    }

    /** Any number of ours with rivals that never yield, and with faults in the first two minutes. */
    static @Nullable String mixed(long seed) {
        Group group = new Group(seed, true);
        SimWorld world = group.world;
        int ours = 2 + world.random.nextInt(9);
        int rivals = world.random.nextInt(3);
        for (int i = 0; i < ours; i++) {
            group.ours(world.between(0, world.random.nextBoolean() ? SECOND : 2 * MINUTE));
        }
        double longest = 0;
        for (int i = 0; i < rivals; i++) {
            double seconds = RIVAL_DELAYS.get(world.random.nextInt(RIVAL_DELAYS.size()));
            longest = Math.max(longest, seconds);
            group.rival(world.between(0, 2 * MINUTE), delay(world, (long) (seconds * SECOND)));
        }
        int faults = world.random.nextInt(3);
        for (int i = 0; i < faults; i++) {
            world.after(world.between(0, 2 * MINUTE), () -> {
                if (world.random.nextBoolean()) {
                    group.broker.restart(world.between(SECOND / 2, 30 * SECOND));
                } else {
                    group.broker.cutAll();
                }
            });
        }
        // A slow loop takes as many turns as a quick one, and each takes its time.
        long settled = 5 * MINUTE + (long) (60 * Math.max(5, longest) * SECOND);
        world.runUntil(settled);
        group.broker.measureEmpty();
        world.runUntil(settled + (longest > 5 ? HOUR : 10 * MINUTE));
        if (rivals == 0 && group.up() != 1) {
            return "not exactly one is connected: " + group;
        }
        if (rivals > 0 && group.up() != 0) {
            return "a rival that never yields did not get the name: " + group;
        }
        if (group.lastEviction() > settled) {
            return "an eviction after settling: " + group;
        }
        return group.broker.longestEmpty() > 0 ? "the name was free for a while after settling: " + group : null;
    }

    private static LongSupplier delay(SimWorld world, long longest) {
        return world.random.nextBoolean() ? SimRival.fixed(longest) : SimRival.growing(SECOND / 5, longest);
    }

    /** How long the name was without a holder after its holder died; negative if nobody took it. */
    static long takeOver(long seed, boolean clean, long heartbeat) {
        Group group = new Group(seed, true);
        SimWorld world = group.world;
        int ours = 2 + world.random.nextInt(4);
        for (int i = 0; i < ours; i++) {
            group.ours(world.between(0, 10 * SECOND));
        }
        world.runUntil(5 * MINUTE + world.between(0, MINUTE));
        if (group.up() != 1) {
            return -1;
        }
        SimClient holder = group.holder();
        long died = world.now();
        if (clean) {
            holder.stop();
        } else {
            holder.vanish(world.between(heartbeat, 2 * heartbeat));
        }
        while (group.up() == 0 && world.now() < died + 5 * MINUTE) {
            world.runUntil(world.now() + 5 * MILLI);
        }
        long taken = world.now() - died;
        world.runUntil(world.now() + MINUTE);
        return group.up() == 1 ? taken : -1;
    }

    /** One of ours, for long or not, and a rival that comes back after so many seconds each time. */
    record Caught(boolean caught, long afterNanos, int evictions, String group) {}

    static Caught rival(long seed, boolean readable, double seconds, boolean senior) {
        Group group = new Group(seed, readable);
        SimWorld world = group.world;
        SimClient client = group.ours(0);
        long begins = senior ? 20 * MINUTE : world.between(0, 5 * SECOND);
        group.rival(begins, SimRival.fixed((long) (seconds * SECOND)));
        while (!client.acted() && world.now() < begins + 6 * HOUR) {
            world.runUntil(world.now() + SECOND);
        }
        boolean caught = client.acted() && !client.verdicts.isEmpty() && !client.isUp();
        return new Caught(caught, world.now() - begins, group.broker.evictions.size(), group.toString());
    }

    /** How copies come to be there together. */
    enum Start {
        SAME_INSTANT,
        RESTARTED_TOGETHER,
        JOINED_BY_A_BROKER_RESTART
    }

    static @Nullable String together(long seed, Start start) {
        Group group = new Group(seed, true);
        SimWorld world = group.world;
        int copies = 2 + world.random.nextInt(3);
        if (start == Start.JOINED_BY_A_BROKER_RESTART) {
            group.ours(0);
            world.runUntil(2 * MINUTE);
            group.broker.restart(world.between(SECOND, 20 * SECOND));
            for (int i = 1; i < copies; i++) {
                group.ours(0);
            }
        } else {
            for (int i = 0; i < copies; i++) {
                group.ours(0);
            }
            if (start == Start.RESTARTED_TOGETHER) {
                world.runUntil(2 * MINUTE);
                group.clients.forEach(SimClient::stop);
                group.clients.clear();
                for (int i = 0; i < copies; i++) {
                    group.ours(world.between(0, 50 * MILLI));
                }
            }
        }
        while (!group.broker.up) {
            world.runUntil(world.now() + 100 * MILLI);
        }
        group.broker.measureEmpty();
        long from = world.now();
        world.runUntil(from + 10 * MINUTE);
        if (group.up() != 1) {
            return "not exactly one is connected: " + group;
        }
        if (group.broker.longestEmpty() > 75 * SECOND) {
            return "nobody had the name for " + group.broker.longestEmpty() / SECOND + " s: " + group;
        }
        if (group.lastEviction() > from + 5 * MINUTE) {
            return "an eviction after settling: " + group;
        }
        return world.longestBelief() > 60 * MILLI ? "two for " + world.longestBelief() / MILLI + " ms" : null;
    }

    /** A single client and a cause that is no collision, for half an hour. */
    static @Nullable String innocent(long seed, Cause cause, boolean readable) {
        SimWorld world = new SimWorld(seed);
        SimBroker one = new SimBroker(world, "tcp://amps1:9007/amps/json");
        SimBroker two = new SimBroker(world, "tcp://amps2:9007/amps/json");
        one.readable = readable;
        two.readable = readable;
        SimClient client = new SimClient(world, "c0", List.of(one, two), CollisionOptions.DEFAULTS);
        cause.befall(world, List.of(one, two), client);
        client.start();
        world.runUntil(30 * MINUTE);
        if (client.acted() || !client.verdicts.isEmpty()) {
            return cause + (readable ? " readable" : " unreadable") + ": " + client.verdicts + " " + client.actions;
        }
        return null;
    }
}
