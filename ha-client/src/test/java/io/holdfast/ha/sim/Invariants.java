package io.holdfast.ha.sim;

import io.holdfast.ha.sim.ProgramPlan.Feed;
import io.holdfast.ha.sim.ProgramPlan.Store;
import io.holdfast.ha.sim.SimProgram.ReceivedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
            if (before != null && before >= number) {
                world.violation(entry.text() + " stands in the log of " + broker + " behind " + before);
            }
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    /** What was acknowledged is there; with a store, what publish returned for; and nothing that it refused. */
    private void published(SimProgram program, SimBroker broker, Set<String> texts) {
        for (SentMessage message : program.sent()) {
            boolean there = texts.contains(message.text());
            if (message.isPersisted() && !there && !isAckOfRefusedOne(message)) {
                world.violation(message + ": acknowledged, and not in the log of " + broker);
            }
            if (there && !message.isReturned()) {
                world.violation(message + ": arrived, although publish refused it");
            }
            if (isKept(program, message)
                    && !message.isForbidden()
                    && !message.isInDoubt()
                    && message.failure() != null) {
                world.violation(message + ": failed, although its store keeps it");
            }
            if (mustArrive(program, message) && !there) {
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
                                message.text().substring(0, message.text().indexOf('/')),
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
        Map<Integer, List<String>> walks = new TreeMap<>();
        for (ReceivedMessage message : program.received()) {
            walks.computeIfAbsent(walk(program, message), key -> new ArrayList<>())
                    .add(message.text());
        }
        walks.forEach((walk, texts) -> onceAndInOrder(program.name() + " in walk " + walk, program, texts));
        if (program.plan().subscription() != Feed.NONE && program.plan().subscription() != Feed.LIVE) {
            int last = walk(program, new ReceivedMessage(program.life(), program.subscriptions(), ""));
            complete(program, walks.getOrDefault(last, List.of()));
        }
    }

    /** What belongs to one walk through the log: what a subscription goes on from depends on where it is kept how far it came. */
    private static int walk(SimProgram program, ReceivedMessage message) {
        if (program.plan().subscription() != Feed.MOST_RECENT) {
            return message.subscription();
        }
        return switch (program.plan().bookmarkStore()) {
            case NONE -> message.subscription();
            case MEMORY -> message.life();
            case FILE -> 0;
        };
    }

    private void onceAndInOrder(String who, SimProgram program, List<String> texts) {
        Map<String, Integer> highest = new HashMap<>();
        for (String text : texts) {
            String publisher = text.substring(0, text.indexOf('/'));
            Integer before = highest.put(publisher, number(text));
            if (before != null && before >= number(text) && !mayRepeat(program)) {
                world.violation(who + " received " + text + " after " + before);
            }
        }
    }

    /** A live subscription sees what is accepted; what a crash took then is published, and seen, again. */
    private boolean mayRepeat(SimProgram program) {
        return program.plan().subscription() == Feed.LIVE
                && brokers.stream().anyMatch(broker -> !broker.lost().isEmpty());
    }

    private void complete(SimProgram program, List<String> texts) {
        List<String> log = brokers.get(0).log().durableEntries().stream()
                .filter(entry -> entry.topic().equals(SimProgram.TOPIC.name()))
                .map(LogEntry::text)
                .toList();
        if (brokers.size() == 1 && !log.equals(texts)) {
            world.violation(program + " received " + texts + ", and the log holds " + log);
        } else if (!new HashSet<>(log).equals(new HashSet<>(texts))) {
            Set<String> missing = new HashSet<>(log);
            missing.removeAll(texts);
            world.violation(
                    program + " never received " + missing.stream().sorted().toList());
        }
    }
}
