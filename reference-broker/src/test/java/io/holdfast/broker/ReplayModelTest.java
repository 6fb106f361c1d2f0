package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.TestClient.Received;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Replay against a model that a reader can check: a list. Random publishes of several names, with sequences, without, repeated and
 * refused; random bookmarks of every form over random topics; connections that come and go; a log that forgets its oldest messages. Each
 * replay gets the part of the list that its bookmark means, then what is published later, and nothing else.
 */
class ReplayModelTest {

    private static final List<String> TOPICS = List.of("orders", "orders.eu", "trades");
    private static final List<String> WANTED = List.of("orders", "trades", "ord.*", ".*", "nothing");
    private static final int STEPS = 60;

    @Property(tries = 60)
    void a_log_in_memory_replays_like_the_list(@ForAll long seed) {
        try (ReferenceBroker broker = ReferenceBroker.start(
                BrokerConfig.builder().operatorLog(line -> {}).build())) {
            new Story(broker, seed).run();
        }
    }

    @Property(tries = 30)
    void a_log_that_forgets_replays_like_the_end_of_the_list(@ForAll long seed) {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.builder()
                .operatorLog(line -> {})
                .limits(BrokerLimits.DEFAULTS.withMemoryLogBytes(4_000))
                .build())) {
            new Story(broker, seed).run();
        }
    }

    @Property(tries = 20)
    void a_log_on_disk_replays_like_the_list(@ForAll long seed) {
        try (TemporaryFolder data = TemporaryFolder.create("holdfast-replay");
                ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.builder()
                        .operatorLog(line -> {})
                        .data(data.path())
                        .journal(JournalOptions.DEFAULTS.withSegmentBytes(1 << 10))
                        .build())) {
            new Story(broker, seed).run();
        }
    }

    /** A message that the broker kept; bookmark and time are known once it was seen. */
    private record Kept(String topic, String body, String bookmark, String time) {}

    /** An open subscription and what it still has to get. */
    private static final class Open {
        private final Pattern topics;
        private final List<String> expected = new ArrayList<>();

        private Open(String wanted) {
            topics = Pattern.compile(wanted.contains(".*") ? wanted : "^" + Pattern.quote(wanted) + "$");
        }

        private boolean wants(String topic) {
            return topics.matcher(topic).find();
        }
    }

    private static final class Story {
        private final ReferenceBroker broker;
        private final Random random;
        private final List<String[]> accepted = new ArrayList<>();
        private final Map<String, Long> highest = new HashMap<>();
        private final Map<String, TestClient> publishers = new HashMap<>();
        private final Map<String, Open> open = new LinkedHashMap<>();
        private TestClient subscriber;
        private int ids;
        private int bodies;

        private Story(ReferenceBroker broker, long seed) {
            this.broker = broker;
            random = new Random(seed);
            subscriber = TestClient.named(broker, "subscriber");
        }

        private void run() {
            try {
                for (int i = 0; i < STEPS; i++) {
                    switch (random.nextInt(8)) {
                        case 0 -> replay();
                        case 1 -> comeAndGo();
                        default -> publish();
                    }
                }
                replay();
                settle();
            } finally {
                publishers.values().forEach(TestClient::close);
                subscriber.close();
            }
        }

        private void publish() {
            String name = "pub" + random.nextInt(3);
            TestClient publisher = publishers.computeIfAbsent(name, n -> TestClient.named(broker, n));
            for (int i = random.nextInt(5); i >= 0; i--) {
                String topic = random.nextInt(10) == 0 ? "/AMPS/refused" : TOPICS.get(random.nextInt(TOPICS.size()));
                long sequence = random.nextInt(3) == 0
                        ? 0
                        : Math.max(1, highest.getOrDefault(name, 0L) + random.nextInt(5) - 1);
                String body = "m" + ++bodies;
                publisher.send("{\"c\":\"p\",\"t\":\"" + topic + "\"" + (sequence == 0 ? "" : ",\"s\":" + sequence)
                        + "}" + body);
                boolean kept =
                        !topic.startsWith("/AMPS") && (sequence == 0 || sequence > highest.getOrDefault(name, 0L));
                if (kept) {
                    accepted.add(new String[] {topic, body});
                    highest.merge(name, sequence, Math::max);
                    open.values().stream().filter(o -> o.wants(topic)).forEach(o -> o.expected.add(body));
                }
            }
            publisher.flush();
        }

        private void comeAndGo() {
            if (random.nextBoolean() && !publishers.isEmpty()) {
                String name = publishers.keySet().iterator().next();
                publishers.remove(name).close();
                TestClient again = TestClient.connect(broker);
                assertThat(again.logon(name, "").header().path("s").asLong()).isEqualTo(highest.getOrDefault(name, 0L));
                publishers.put(name, again);
            } else {
                settle();
                subscriber.close();
                open.clear();
                subscriber = TestClient.named(broker, "subscriber");
            }
        }

        private void replay() {
            settle();
            List<Kept> log = all();
            List<String> tail = accepted.subList(accepted.size() - log.size(), accepted.size()).stream()
                    .map(m -> m[0] + m[1])
                    .toList();
            assertThat(log.stream().map(k -> k.topic + k.body)).isEqualTo(tail);
            for (int i = 0; i < 4; i++) {
                check(log);
            }
        }

        private void check(List<Kept> log) {
            String wanted = WANTED.get(random.nextInt(WANTED.size()));
            Open next = new Open(wanted);
            String policy = List.of("", "epoch", "now").get(random.nextInt(3));
            Bookmarks.Chosen chosen = new Bookmarks(log, random, policy.equals("epoch")).choose();
            String id = "r" + ++ids;
            List<String> expected = chosen.expected().stream()
                    .filter(k -> next.wants(k.topic))
                    .map(Kept::body)
                    .toList();
            String options =
                    (policy.isEmpty() ? "" : "bookmark_not_found=" + policy) + (random.nextBoolean() ? ",live" : "");
            assertThat(replay(id, wanted, chosen.text(), options).stream().map(Received::body))
                    .as("%s of %s, %s", chosen.text(), wanted, options)
                    .isEqualTo(expected);
            if (chosen.goesOn()) {
                open.put(id, next);
            }
        }

        private List<Kept> all() {
            List<Kept> log = replay("log", ".*", "0", "timestamp,replace").stream()
                    .map(m -> new Kept(m.text("t"), m.body(), m.text("bm"), m.text("ts")))
                    .toList();
            subscriber.ask("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"log\",\"a\":\"processed\"}");
            return log;
        }

        private List<Received> replay(String id, String wanted, String bookmark, String options) {
            Received answer = subscriber.ask("{\"c\":\"subscribe\",\"cid\":\"c" + id + "\",\"sub_id\":\"" + id
                    + "\",\"t\":\"" + wanted + "\",\"bm\":\"" + bookmark + "\",\"o\":\"" + options
                    + "\",\"a\":\"processed,completed\"}");
            assertThat(answer.text("status")).as(bookmark).isEqualTo("success");
            List<Received> messages = new ArrayList<>();
            Predicate<Received> end = frame -> frame.isAck("completed");
            for (Received frame = subscriber.read(); !end.test(frame); frame = subscriber.read()) {
                assertThat(frame.text("sids")).isEqualTo(id);
                messages.add(frame);
            }
            return messages;
        }

        /** Every open subscription gets what was published since, in order, and not a message more. */
        private void settle() {
            int due = open.values().stream().mapToInt(o -> o.expected.size()).sum();
            Map<String, List<String>> got = new HashMap<>();
            for (int i = 0; i < due; i++) {
                Received message = subscriber.read();
                got.computeIfAbsent(message.text("sids"), s -> new ArrayList<>())
                        .add(message.body());
            }
            open.forEach((id, o) -> {
                assertThat(got.getOrDefault(id, List.of())).as(id).isEqualTo(o.expected);
                o.expected.clear();
            });
            assertThat(subscriber.flush().text("cid")).as("nothing more").isEqualTo("f");
        }
    }

    /** Chooses a bookmark of any form, and says what it means. */
    private record Bookmarks(List<Kept> log, Random random, boolean unknownIsEpoch) {

        private record Chosen(String text, List<Kept> expected, boolean goesOn) {}

        private static final String UNKNOWN = "17|4711|";

        private Chosen choose() {
            int size = log.size();
            if (size == 0 || random.nextInt(6) == 0) {
                return switch (random.nextInt(3)) {
                    case 0 -> new Chosen("0", log, true);
                    case 1 -> new Chosen("0|1|", List.of(), true);
                    default -> new Chosen(UNKNOWN, unknownIsEpoch ? log : List.of(), true);
                };
            }
            int one = random.nextInt(size);
            int other = random.nextInt(size);
            return switch (random.nextInt(5)) {
                case 0 -> new Chosen(log.get(one).bookmark, log.subList(one + 1, size), true);
                case 1 ->
                    new Chosen(
                            log.get(one).bookmark + "," + log.get(other).bookmark + "," + UNKNOWN,
                            unknownIsEpoch ? log : log.subList(Math.min(one, other) + 1, size),
                            true);
                case 2 -> new Chosen(log.get(one).time, from(log.get(one).time), true);
                case 3 -> range(one, other);
                default -> times(log.get(one).time, log.get(other).time);
            };
        }

        private Chosen range(int one, int other) {
            boolean first = random.nextBoolean();
            boolean last = random.nextBoolean();
            int from = first ? one : one + 1;
            int to = last ? other + 1 : other;
            String text =
                    (first ? "[" : "(") + log.get(one).bookmark + ":" + log.get(other).bookmark + (last ? "]" : ")");
            return new Chosen(text, from < to ? log.subList(from, to) : List.of(), false);
        }

        private Chosen times(String one, String other) {
            boolean first = random.nextBoolean();
            boolean last = random.nextBoolean();
            List<Kept> expected = log.stream()
                    .filter(k -> k.time.compareTo(one) > 0 || (first && k.time.equals(one)))
                    .filter(k -> k.time.compareTo(other) < 0 || (last && k.time.equals(other)))
                    .toList();
            return new Chosen((first ? "[" : "(") + one + ":" + other + (last ? "]" : ")"), expected, false);
        }

        private List<Kept> from(String time) {
            return log.stream().filter(k -> k.time.compareTo(time) >= 0).toList();
        }
    }
}
