package io.holdfast.ha.sim;

import io.holdfast.client.publish.PublishResult;
import io.holdfast.ha.sim.ProgramPlan.Feed;
import io.holdfast.ha.sim.ProgramPlan.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold at the end of a run, told as violations of its world. */
final class Invariants {

    private final SimWorld world;
    private final List<SimBroker> brokers;
    private final List<SimProgram> programs;

    Invariants(SimWorld world, List<SimBroker> brokers, List<SimProgram> programs) {
        this.world = world;
        this.brokers = brokers;
        this.programs = programs;
    }

    void check() {
        for (SimBroker broker : brokers) {
            List<LogEntry> log = broker.log().durableEntries();
            if (log.size() != broker.log().size()) {
                world.violation(broker + " has not written everything although it had the time");
            }
            onceAndInOrder(broker, log);
            programs.forEach(program -> published(program, broker, texts(log)));
        }
        programs.forEach(this::told);
        programs.forEach(this::received);
    }

    private static Set<String> texts(List<LogEntry> log) {
        Set<String> texts = new HashSet<>();
        log.forEach(entry -> texts.add(entry.text()));
        return texts;
    }

    /** Nothing twice, and of each program in the order of its calls. */
    private void onceAndInOrder(SimBroker broker, List<LogEntry> log) {
        Map<String, Integer> highest = new HashMap<>();
        for (LogEntry entry : log) {
            int number = number(entry.text());
            Integer before = highest.put(entry.publisher(), number);
            if (before != null && before >= number && !isOvertaken(entry.text(), before)) {
                world.violation(entry.text() + " stands in the log of " + broker + " behind " + before);
            }
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    private static String publisher(String text) {
        return text.substring(0, text.indexOf('/'));
    }

    /**
     * A limit of the protocol: one broker may have accepted messages of a program that nobody was told are durable, since the other
     * does not have them yet. A program that was killed and has no file knows of them only what the broker says that it comes
     * back to; if that is the other one, it begins below them, and they arrive behind what it publishes now. What was
     * acknowledged is in both, replicas being synchronous here.
     */
    private boolean isOvertaken(String text, int by) {
        return programs.stream()
                .filter(program -> program.name().equals(publisher(text)) && mayBeOvertaken(program))
                .anyMatch(program -> {
                    SentMessage late = message(program, number(text));
                    return late.life() < message(program, by).life() && !isAcknowledged(late);
                });
    }

    private static boolean isAcknowledged(SentMessage message) {
        return message.isPersisted() || isDurable(message);
    }

    private boolean mayBeOvertaken(SimProgram program) {
        return brokers.size() > 1 && program.plan().publishStore() != Store.FILE;
    }

    private static SentMessage message(SimProgram program, int number) {
        return program.sent().get(number - 1);
    }

    /** Then what it publishes has numbers that the broker meets twice, and nobody can say whose was acknowledged. */
    private boolean isInDoubtByOvertaking(SimProgram program, SentMessage message) {
        return mayBeOvertaken(program)
                && program.sent().stream()
                        .anyMatch(earlier -> earlier.life() < message.life() && !isAcknowledged(earlier));
    }

    /** Or its numbers are below that of a message that was overtaken, and the broker that has this one drops them as duplicates. */
    private boolean isDroppedByOvertaking(SimProgram program, SimBroker broker, SentMessage message) {
        PublishResult result = message.result();
        return result != null
                && mayBeOvertaken(program)
                && broker.log().durableEntries().stream()
                        .filter(entry -> entry.publisher().equals(program.plan().clientName()))
                        .filter(entry -> entry.sequence() > result.sequence().value())
                        .map(entry -> message(program, number(entry.text())))
                        .anyMatch(above -> above.life() < message.life() && !isAcknowledged(above));
    }

    /** What was acknowledged is there; with a store, what publish returned for; and nothing that it refused. */
    private void published(SimProgram program, SimBroker broker, Set<String> texts) {
        for (SentMessage message : program.sent()) {
            if (message.isInDoubt()
                    && !program.hadRival()
                    && !program.hasYieldedBlindly()
                    && !isInDoubtByOvertaking(program, message)) {
                world.violation(message + ": in doubt, and nobody else ever had the name");
            }
            boolean there = texts.contains(message.text());
            if (message.isPersisted()
                    && !there
                    && !isAckOfRefusedOne(message)
                    && !isDroppedByOvertaking(program, broker, message)) {
                world.violation(message + ": acknowledged, and not in the log of " + broker);
            }
            if (there && !message.isReturned() && !message.isCutShort()) {
                world.violation(message + ": arrived, although publish refused it");
            }
            if (isKept(program, message)
                    && !message.isForbidden()
                    && !message.isInDoubt()
                    && message.failure() != null) {
                world.violation(message + ": failed, although its store keeps it");
            }
            if (mustArrive(program, message) && !there && !isDroppedByOvertaking(program, broker, message)) {
                world.violation(message + ": publish returned, and it never arrived at " + broker);
            }
        }
    }

    /**
     * A limit of the protocol: a refused publish leaves no trace at the broker. If the connection ends before the refusal is
     * told, the client sends it again; if the broker holds higher numbers by then, it takes it for a duplicate, and
     * acknowledges it.
     */
    private boolean isAckOfRefusedOne(SentMessage message) {
        return message.isForbidden()
                && message.result() != null
                && brokers.stream()
                        .anyMatch(broker -> broker.hasRefused(
                                publisher(message.text()),
                                message.result().sequence().value()));
    }

    private static boolean isKept(SimProgram program, SentMessage message) {
        Store store = program.plan().publishStore();
        return store == Store.FILE || (store == Store.MEMORY && message.life() == program.life());
    }

    private static boolean mustArrive(SimProgram program, SentMessage message) {
        return isKept(program, message)
                && message.isReturned()
                && !message.isForbidden()
                && message.failure() == null
                && !message.isInDoubt();
    }

    /**
     * Each publish of a program that lived on was told its fate, once. A program that was killed may be told again: what a
     * file store keeps of confirmations and refusals may lag behind, so that its next life asks the broker once more.
     */
    private void told(SimProgram program) {
        for (SentMessage message : program.sent()) {
            if (message.isToldTwice()) {
                world.violation(message + ": its fate was told " + message.told() + " times");
            }
            boolean survived = message.life() == program.life();
            if (survived
                    && message.isReturned()
                    && message.told() == 0
                    && !message.isInDoubt()
                    && !isDurable(message)) {
                world.violation(message + ": its fate was never told");
            }
        }
    }

    private static boolean isDurable(SentMessage message) {
        var result = message.result();
        if (result == null) {
            return false;
        }
        var stage = result.persisted().toCompletableFuture();
        return stage.isDone() && !stage.isCompletedExceptionally();
    }

    private void received(SimProgram program) {
        if (program.plan().subscription() == Feed.LIVE) {
            live(program);
        } else if (program.plan().subscription() != Feed.NONE) {
            new Reception(world, brokers, program).check();
        }
    }

    /** A live subscription misses what it was not there for; of what it sees, each publisher's order holds. */
    private void live(SimProgram program) {
        Map<String, Integer> highest = new HashMap<>();
        int subscription = 0;
        for (ReceivedMessage message : program.received()) {
            if (message.subscription() != subscription) {
                subscription = message.subscription();
                highest.clear();
            }
            String text = message.text();
            Integer before = highest.put(publisher(text), number(text));
            if (before != null && before >= number(text) && !mayRepeat(program) && !isOvertaken(text, before)) {
                world.violation(
                        program.name() + " in subscription " + subscription + " received " + text + " after " + before);
            }
        }
    }

    /**
     * A live subscription sees what is accepted: what a crash took then is published, and seen, again; and so is what one of two
     * brokers had shown it before it came to the other one, where it is copied later.
     */
    private boolean mayRepeat(SimProgram program) {
        return program.plan().subscription() == Feed.LIVE
                && (brokers.size() > 1
                        || brokers.stream().anyMatch(broker -> !broker.lost().isEmpty()));
    }
}
