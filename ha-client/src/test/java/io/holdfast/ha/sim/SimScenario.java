package io.holdfast.ha.sim;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.publish.PublishStoreStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run: programs publish and listen while things go wrong; then nothing goes wrong any more and everybody must recover
 * in time; then they close, and nothing may be left.
 */
final class SimScenario {

    /** One that stands by and never saw who has its name tries after 60 s, give or take a quarter, and after twice as long each time. */
    private static final Duration FIRST_PROBE = Duration.ofSeconds(75);

    /** One that was cut off then gives a holder 30 s, and one more. */
    private static final Duration GRACE = Duration.ofSeconds(31);

    /** A logon may be held while a control is asked whether somebody else has the name. */
    private static final Duration HELD_LOGON = Duration.ofSeconds(3);

    /** A session that is to show that nobody else has the name lives at least this long. */
    private static final Duration LEAST_QUIET = Duration.ofSeconds(2);

    /** TCP, logon and resume on a link as fast as usual: 10 ms; and threads that take a task 3 ms late now and then. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);

    /** A watch over silence that rings late, since its program was paused, looks again after 100 ms; and threads as above. */
    private static final Duration HELD_UP = Duration.ofMillis(120);

    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(40);

    private final SimWorld world;
    private final ScenarioPlan plan;
    private final SplittableRandom random;
    private final SimNetwork network;
    private final List<SimBroker> brokers = new ArrayList<>();
    private final List<SimProgram> programs = new ArrayList<>();

    SimScenario(SimWorld world) {
        this(world, ScenarioPlan.of(world.random()), Tampering.NONE);
    }

    SimScenario(SimWorld world, ScenarioPlan plan, Tampering tampering) {
        this.world = world;
        this.plan = plan;
        this.random = world.random();
        this.network = new SimNetwork(world);
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < plan.brokers(); i++) {
            SimBroker broker = new SimBroker(world, "b" + (i + 1), plan.rules());
            brokers.forEach(other -> {
                other.replicateTo(broker);
                broker.replicateTo(other);
            });
            brokers.add(broker);
            endpoints.add(network.listen(broker));
        }
        for (ProgramPlan each : plan.programs()) {
            List<Endpoint> order = new ArrayList<>(endpoints);
            if (each.preferLast()) {
                Collections.reverse(order);
            }
            programs.add(new SimProgram(world, network, each, order, tampering));
        }
    }

    ScenarioPlan plan() {
        return plan;
    }

    SimNetwork network() {
        return network;
    }

    List<SimBroker> brokers() {
        return brokers;
    }

    List<SimProgram> programs() {
        return programs;
    }

    /** Runs it to its end; what must never be is among the world's violations then. */
    void run() {
        try {
            play();
        } finally {
            programs.forEach(SimProgram::unmount);
        }
    }

    private void play() {
        FaultMaker faults = new FaultMaker(world, network, programs, plan.time());
        long most = plan.time().toNanos();
        for (SimProgram program : programs) {
            world.after(random.nextLong(most / 10), "start", program::start);
            schedulePublishes(program, most);
        }
        for (Fault fault : plan.faults()) {
            world.after(random.nextLong(most), "fault", () -> faults.happens(fault));
        }
        world.runFor(plan.time());
        faults.stop();
        recover();
        lastWords();
        new EndOfRun(world, network, programs).closeAll();
        new Invariants(world, brokers, programs).check();
    }

    private void schedulePublishes(SimProgram program, long most) {
        int left = program.plan().messages();
        while (left > 0) {
            int burst = Math.min(left, random.nextInt(4) == 0 ? 1 + random.nextInt(30) : 1);
            long at = random.nextLong(most);
            for (int i = 0; i < burst; i++) {
                boolean forbidden = random.nextInt(20) == 0;
                world.after(at + i * 1_000L, "publish", () -> publish(program, forbidden));
            }
            left -= burst;
        }
    }

    private void publish(SimProgram program, boolean forbidden) {
        if (program.isAlive()) {
            world.after(program.process(), 0, "publish", () -> program.publish(forbidden));
        }
    }

    /** Within the cap and a round trip, once what is dead has been noticed to be dead, and is gone. */
    private void recover() {
        long since = world.nowNanos();
        // All of them now: what is under way when faults stop may be over when it is a program's turn.
        List<Duration> bounds = programs.stream().map(this::bound).toList();
        for (SimProgram program : programs) {
            Duration bound = bounds.get(programs.indexOf(program));
            boolean inTime = isConnectedBy(program, since + bound.toNanos());
            if (!inTime) {
                bound = bound.plus(aboutTheName(program));
                inTime = isConnectedBy(program, since + bound.toNanos());
            }
            if (!inTime) {
                world.violation(program + " is " + program.client().state() + " " + bound
                        + " after the last fault, and was to be connected");
            }
        }
    }

    private boolean isConnectedBy(SimProgram program, long nanos) {
        return world.runUntil(program::isConnected, Duration.ofNanos(Math.max(0, nanos - world.nowNanos())));
    }

    /**
     * What a client may take for its name, if it says that the name is disputed: where a rival was, and where it could not see
     * whether there is one, and has to show by a session that resumes nothing and lives for twice its longest.
     */
    private static Duration aboutTheName(SimProgram program) {
        if (program.client().nameStatus().state() == NameStatus.State.UNDISPUTED) {
            return Duration.ZERO;
        }
        Duration most = Duration.ZERO;
        if (program.wasBlind()) {
            most = most.plus(program.longestSession().multipliedBy(2)).plus(LEAST_QUIET);
        }
        if (program.hadRival() || program.hasYieldedBlindly()) {
            int doublings = Math.max(0, program.standbys() - 1);
            most = most.plus(FIRST_PROBE.multipliedBy(1L << Math.min(doublings, 5)))
                    .plus(GRACE);
        }
        return most;
    }

    private Duration bound(SimProgram program) {
        ClientOptions options = program.plan().options();
        Duration ending = Duration.ZERO;
        Duration roundTrip = ROUND_TRIP;
        for (SimAttempt attempt : network.open()) {
            boolean isLink = attempt.process() == program.process()
                    && attempt.clientName().equals(program.plan().clientName());
            if (isLink && !attempt.isOverdue()) { // one that is overdue is not waited for
                ending = ending(attempt, options);
                roundTrip = roundTrip.plus(roundTrip(attempt));
            }
        }
        return ending.plus(HELD_LOGON).plus(program.plan().backOffMax()).plus(roundTrip);
    }

    /** How long it may take until what there is works, or is known not to, and gone. */
    private static Duration ending(SimAttempt attempt, ClientOptions options) {
        if (!attempt.isLoggedOn()) {
            return options.timeouts().connect();
        }
        if (attempt.isClosing()) {
            return options.timeouts().close();
        }
        SimLink link = attempt.link();
        boolean dead = link == null || link.isHalfOpen();
        return dead ? options.heartbeat().interval().multipliedBy(2).plus(HELD_UP) : Duration.ZERO;
    }

    /** There and back, by a link that may be as slow as it was made. */
    private static Duration roundTrip(SimAttempt attempt) {
        SimLink link = attempt.link();
        return link == null
                ? Duration.ZERO
                : Duration.ofNanos(link.latencyNanos()).multipliedBy(3);
    }

    /** What is stored is confirmed a window after the other. */
    private Duration replaying(SimProgram program) {
        long windows = program.client().publishing().stored()
                / program.plan().options().limits().publishesInFlight();
        BrokerRules rules = plan.rules();
        return rules.ackConflation()
                .plus(rules.fsync().multipliedBy(2))
                .plus(rules.replication().multipliedBy(2))
                .plus(ROUND_TRIP)
                .multipliedBy(windows + 1);
    }

    /** After the storm each says something, and all of it arrives. */
    private void lastWords() {
        world.runUntil(() -> programs.stream().allMatch(SimProgram::isSubscribed), SETTLING);
        for (SimProgram program : programs) {
            if (!program.isSubscribed()) {
                world.violation(program + " has no subscription long after the last fault");
            }
        }
        programs.forEach(program -> publish(program, false));
        world.runFor(Duration.ofSeconds(1));
        for (SimProgram program : programs) {
            Duration most = replaying(program).plus(SETTLING);
            if (!world.runUntil(() -> isDoneWith(program.client().publishing()), most)) {
                world.violation(program + " still stores " + program.client().publishing() + " after " + most);
            }
        }
        world.runFor(LAST_WORDS);
    }

    /** What came into doubt waits for the application. */
    private static boolean isDoneWith(PublishStoreStatus store) {
        return store.stored() == store.inDoubt();
    }
}
