package io.holdfast.ha.sim;

import io.holdfast.ha.sim.ProgramPlan.Feed;
import io.holdfast.ha.sim.ProgramPlan.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the subscriptions of one program, with a bookmark, have received: each of them the log from where it began, without a
 * gap and without a duplicate, as far as it came; and the last one all of it.
 *
 * <p>Where one began is what the log holds but for what was acknowledged before, if that is kept. Two brokers have their messages
 * in different orders; of each publisher they have them in the same one.
 */
final class Reception {

    private final SimWorld world;
    private final List<SimBroker> brokers;
    private final SimProgram program;
    private final Map<String, List<Due>> tracks = new TreeMap<>();

    /**
     * A message that there is.
     *
     * @param isEverywhere whether every broker has it; what a broker has alone need not be received
     */
    private record Due(String text, long sequence, boolean isEverywhere) {}

    Reception(SimWorld world, List<SimBroker> brokers, SimProgram program) {
        this.world = world;
        this.brokers = brokers;
        this.program = program;
        Map<String, Integer> holders = new HashMap<>();
        brokers.forEach(broker -> feed(broker).forEach(entry -> holders.merge(entry.text(), 1, Integer::sum)));
        Set<String> known = new HashSet<>();
        for (SimBroker broker : brokers) {
            for (LogEntry entry : feed(broker)) {
                if (known.add(entry.text())) {
                    boolean isEverywhere = holders.getOrDefault(entry.text(), 0) == brokers.size();
                    tracks.computeIfAbsent(track(entry.text()), key -> new ArrayList<>())
                            .add(new Due(entry.text(), entry.sequence(), isEverywhere));
                }
            }
        }
        if (brokers.size() > 1) {
            tracks.values().forEach(dues -> dues.sort((a, b) -> Long.compare(a.sequence(), b.sequence())));
        }
    }

    private String track(String text) {
        return brokers.size() == 1 ? "" : text.substring(0, text.indexOf('/'));
    }

    private static List<LogEntry> feed(SimBroker broker) {
        return broker.log().durableEntries().stream()
                .filter(entry -> entry.topic().equals(SimProgram.TOPIC.name()))
                .toList();
    }

    void check() {
        for (int number = 1; number <= program.subscriptions(); number++) {
            check(number);
        }
    }

    private void check(int subscription) {
        Set<String> done = new HashSet<>();
        Set<String> maybeDone = new HashSet<>();
        acknowledgedBefore(subscription, done, maybeDone);
        Map<String, List<String>> received = new TreeMap<>();
        for (ReceivedMessage message : program.received()) {
            if (message.subscription() == subscription) {
                received.computeIfAbsent(track(message.text()), key -> new ArrayList<>())
                        .add(message.text());
                if (done.contains(message.text())) {
                    world.violation(who(subscription) + " received " + message.text() + ", which it had acknowledged");
                }
            }
        }
        maybeDone.addAll(done);
        Set<String> all = new HashSet<>(tracks.keySet());
        all.addAll(received.keySet());
        for (String track : new TreeMap<>(received).keySet()) {
            all.remove(track);
            follow(subscription, tracks.getOrDefault(track, List.of()), received.get(track), maybeDone);
        }
        all.forEach(track -> follow(subscription, tracks.getOrDefault(track, List.of()), List.of(), maybeDone));
    }

    private void follow(int subscription, List<Due> dues, List<String> texts, Set<String> maybeDone) {
        int at = 0;
        for (String text : texts) {
            int found = at;
            while (found < dues.size() && !dues.get(found).text().equals(text)) {
                found++;
            }
            if (found == dues.size()) {
                String why = dues.stream().anyMatch(due -> due.text().equals(text))
                        ? " again, or behind what comes after it"
                        : ", which no log holds";
                world.violation(who(subscription) + " received " + text + why);
                return;
            }
            missing(dues.subList(at, found), maybeDone)
                    .forEach(gap -> world.violation(who(subscription) + " received " + text + " and not " + gap));
            at = found + 1;
        }
        if (subscription == program.subscriptions()) {
            List<String> missing = missing(dues.subList(at, dues.size()), maybeDone);
            if (!missing.isEmpty()) {
                world.violation(who(subscription) + " never received " + missing);
            }
        }
    }

    private static List<String> missing(List<Due> passed, Set<String> maybeDone) {
        return passed.stream()
                .filter(due -> due.isEverywhere() && !maybeDone.contains(due.text()))
                .map(Due::text)
                .toList();
    }

    /** What a subscription need not be given: it goes on from what was acknowledged, if it asks for that, and if that is kept. */
    private void acknowledgedBefore(int subscription, Set<String> done, Set<String> maybeDone) {
        Store store = program.plan().bookmarkStore();
        if (program.plan().subscription() != Feed.MOST_RECENT || store == Store.NONE) {
            return;
        }
        int life = program.lifeOf(subscription);
        for (ReceivedMessage message : program.received()) {
            if (message.subscription() < subscription && message.isAcknowledged()) {
                if (message.life() == life) {
                    done.add(message.text());
                } else if (store == Store.FILE) {
                    (message.isKept() ? done : maybeDone).add(message.text());
                }
            }
        }
    }

    private String who(int subscription) {
        return program.name() + " in subscription " + subscription;
    }
}
