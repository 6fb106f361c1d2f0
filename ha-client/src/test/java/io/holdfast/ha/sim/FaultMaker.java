package io.holdfast.ha.sim;

import io.holdfast.client.connect.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes faults happen, each with its own chance, and undoes what is left of them. */
final class FaultMaker {

    private static final long MILLIS = 1_000_000;

    /** A record takes about four of them. */
    private static final int MOST_STEPS = 12;

    private final SimWorld world;
    private final SimNetwork network;
    private final List<SimProgram> programs;
    private final SplittableRandom random;
    private final long endNanos;
    private long rivals;
    private boolean stopped;

    /** Faults that are over {@code time} from now. */
    FaultMaker(SimWorld world, SimNetwork network, List<SimProgram> programs, Duration time) {
        this.world = world;
        this.network = network;
        this.programs = programs;
        this.random = world.random();
        this.endNanos = world.nowNanos() + time.toNanos();
    }

    /** Everything works again, and nothing fails any more. */
    void stop() {
        stopped = true;
        world.trace("faults stop");
        for (SimServer server : network.servers()) {
            server.knocks(SimServer.Knock.OPENS);
            server.broker().delayLogons(Duration.ZERO);
            server.broker().refuseLogons(0, "");
            server.broker().refuseSubscriptions(0, "");
            server.broker().start();
        }
        for (SimAttempt attempt : network.open()) {
            SimLink link = attempt.link();
            if (link != null) {
                link.neverCut();
            }
        }
        network.linger(0);
        network.overrun(0);
        network.usualLatency();
        programs.forEach(SimProgram::clearDisk);
        programs.forEach(SimProgram::endsDying);
        programs.forEach(SimProgram::start);
    }

    void happens(Fault fault) {
        if (stopped) {
            return;
        }
        world.trace("fault " + fault);
        switch (fault) {
            case RESET, CUT_UP, CUT_DOWN, HALF_OPEN -> onLink(fault);
            case REFUSE, SILENT, SLAM, DEAF, SLOW_LOGON, REFUSE_LOGON, REFUSE_SUBSCRIPTION, CRASH -> onServer(fault);
            case EVICT, KICK, PAUSE, STALL_DECISIONS, STALL_DELIVERY, FULL_DISK, KILL -> onProgram(fault);
            case SLOW_CLOSE, SLOW_NETWORK, CLOCK_STEP -> onAll(fault);
        }
    }

    private void onLink(Fault fault) {
        SimLink link = anyLink();
        if (link == null) {
            return;
        }
        switch (fault) {
            case RESET -> link.reset();
            case CUT_UP -> link.cutUpAfter(random.nextLong(400));
            case CUT_DOWN -> link.cutDownAfter(random.nextLong(600));
            default -> {
                int way = random.nextInt(3);
                link.blackhole(way != 1, way != 0);
            }
        }
    }

    private void onServer(Fault fault) {
        SimServer server =
                network.servers().get(random.nextInt(network.servers().size()));
        SimBroker broker = server.broker();
        switch (fault) {
            case REFUSE -> knocks(server, SimServer.Knock.REFUSES);
            case SILENT -> knocks(server, SimServer.Knock.SILENT);
            case SLAM -> knocks(server, SimServer.Knock.SLAMS);
            case DEAF -> knocks(server, SimServer.Knock.DEAF);
            case SLOW_LOGON -> {
                broker.delayLogons(Duration.ofMillis(random.nextLong(12_000)));
                until(() -> broker.delayLogons(Duration.ZERO), 8_000);
            }
            case REFUSE_LOGON ->
                broker.refuseLogons(
                        1 + random.nextInt(3), random.nextBoolean() ? SimBroker.NAME_IN_USE : "the moon is full");
            case REFUSE_SUBSCRIPTION ->
                broker.refuseSubscriptions(1, random.nextBoolean() ? "not entitled" : "the moon is full");
            default -> {
                broker.crash(random.nextInt(4) == 0);
                until(broker::start, 6_000);
            }
        }
    }

    private void knocks(SimServer server, SimServer.Knock knock) {
        server.knocks(knock);
        until(() -> server.knocks(SimServer.Knock.OPENS), 5_000);
    }

    private void onProgram(Fault fault) {
        SimProgram program = programs.get(random.nextInt(programs.size()));
        switch (fault) {
            case EVICT -> evict(program);
            case KICK -> kick(program);
            case PAUSE -> {
                if (program.isAlive()) {
                    program.process().pause(bounded(20_000));
                }
            }
            case STALL_DECISIONS -> program.stallDecisions(bounded(10_000));
            case STALL_DELIVERY -> program.stallDelivery(bounded(10_000));
            case FULL_DISK -> {
                program.fillDisk();
                until(program::clearDisk, 8_000);
            }
            default -> kill(program);
        }
    }

    /** At once; or at one of the next steps of its stores, and then at the latest when it is to be started again. */
    private void kill(SimProgram program) {
        if (random.nextBoolean() && program.hasDisk()) {
            program.dieWriting(random.nextInt(MOST_STEPS));
        } else {
            program.kill();
        }
        until(
                () -> {
                    program.endsDying();
                    program.start();
                },
                4_000);
    }

    /** A rival that comes, is there for a moment, publishes nothing and goes. */
    private void evict(SimProgram program) {
        SimServer server =
                network.servers().get(random.nextInt(network.servers().size()));
        SimProcess process = new SimProcess(world, "rival-" + ++rivals);
        HandClient rival = new HandClient(network, process, network.endpoint(server));
        var unused = rival.begin(program.name(), Credentials.NONE).thenAccept(connection -> program.meetsRival());
        until(process::kill, 300);
    }

    /** To the client it looks like an eviction whose cause it cannot see. */
    private void kick(SimProgram program) {
        for (SimServer server : network.servers()) {
            if (server.broker().disconnect(program.name(), "admin")) {
                program.meetsRival();
            }
        }
    }

    private void onAll(Fault fault) {
        switch (fault) {
            case SLOW_CLOSE -> {
                network.linger(random.nextLong(10_000 * MILLIS));
                network.overrun(random.nextBoolean() ? 10_000 * MILLIS : 0);
                until(
                        () -> {
                            network.linger(0);
                            network.overrun(0);
                        },
                        8_000);
                // Seldom is there something to close but at the end: a session whose subscription is refused may be.
                onServer(Fault.REFUSE_SUBSCRIPTION);
                onLink(Fault.RESET);
            }
            case SLOW_NETWORK -> {
                network.latency(random.nextLong(1, 500 * MILLIS));
                until(network::usualLatency, 8_000);
            }
            default -> world.stepWallClock(Duration.ofMillis(random.nextLong(-10_000_000, 10_000_000)));
        }
    }

    /** Undone within {@code mostMillis}, and before faults stop. */
    private void until(Runnable undone, long mostMillis) {
        world.after(bounded(mostMillis), "fault is over", undone);
    }

    private long bounded(long mostMillis) {
        return Math.min(random.nextLong(1, mostMillis) * MILLIS, Math.max(0, endNanos - world.nowNanos()));
    }

    private @Nullable SimLink anyLink() {
        List<SimLink> links = new ArrayList<>();
        for (SimAttempt attempt : network.open()) {
            SimLink link = attempt.link();
            if (link != null) {
                links.add(link);
            }
        }
        return links.isEmpty() ? null : links.get(random.nextInt(links.size()));
    }
}
