package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The events of each connection tell its life, completely and in order, whatever clients do: {@code connect}, then {@code logon} or
 * {@code logon_failed}, then each subscription entered or removed by a command, then {@code disconnect}, which ends what is left of them.
 */
class StatusHistoryTest {

    private static final int STEPS = 40;

    @Property(tries = 40)
    void every_history_is_told_as_it_was(@ForAll long seed) {
        try (ReferenceBroker broker = ReferenceBroker.start(
                        BrokerConfig.builder().operatorLog(line -> {}).build());
                TestClient watcher = TestClient.named(broker, "watcher")) {
            watcher.subscribe("w", "/AMPS/ClientStatus");
            Story story = new Story(broker, seed);
            story.run();
            Map<Integer, List<String>> told = new TreeMap<>();
            int due = story.lives.values().stream().mapToInt(List::size).sum() + 1;
            for (int i = 0; i < due; i++) {
                JsonNode event = watcher.read().json().path("ClientStatus");
                int connection =
                        Integer.parseInt(event.path("connection_name").asText().split("-", -1)[2]);
                String subId = event.path("sub_id").isNull()
                        ? ""
                        : " " + event.path("sub_id").asText();
                told.computeIfAbsent(connection, c -> new ArrayList<>())
                        .add(event.path("event").asText()
                                + subId
                                + (event.has("reason")
                                        ? " " + event.path("reason").asText()
                                        : ""));
            }
            told.remove(1); // the watcher's own subscribe
            assertThat(told).isEqualTo(story.lives);
        }
    }

    private static final class Story {
        private final ReferenceBroker broker;
        private final Random random;
        private final Map<Integer, List<String>> lives = new TreeMap<>();
        private final Map<String, Integer> holders = new HashMap<>();
        private final Map<Integer, TestClient> clients = new TreeMap<>();
        private final Map<Integer, List<String>> subscriptions = new HashMap<>();
        private int connections = 1; // the watcher's

        private Story(ReferenceBroker broker, long seed) {
            this.broker = broker;
            random = new Random(seed);
        }

        private void run() {
            for (int i = 0; i < STEPS; i++) {
                if (clients.isEmpty() || random.nextInt(4) == 0) {
                    arrive();
                } else {
                    List<Integer> all = List.copyOf(clients.keySet());
                    act(all.get(random.nextInt(all.size())));
                }
            }
            for (Integer left : List.copyOf(clients.keySet())) {
                leave(left);
            }
        }

        private void arrive() {
            int connection = ++connections;
            TestClient client = TestClient.connect(broker);
            List<String> life = new ArrayList<>(List.of("connect"));
            lives.put(connection, life);
            if (random.nextInt(4) == 0) {
                client.logon("bad", ",\"o\":\"ack_conflation=never\"");
                assertThat(client.isClosedWithoutAWord()).isTrue();
                client.close();
                life.add("logon_failed bad ack_conflation");
                life.add("disconnect logon refused");
                return;
            }
            String name = "name" + random.nextInt(3);
            client.logon(name, "");
            Integer rival = holders.put(name, connection);
            if (rival != null) {
                lives.get(rival).add("disconnect name in use");
                clients.remove(rival).close();
            }
            life.add("logon");
            clients.put(connection, client);
            subscriptions.put(connection, new ArrayList<>());
        }

        private void act(int connection) {
            TestClient client = clients.get(connection);
            List<String> active = subscriptions.get(connection);
            switch (random.nextInt(5)) {
                case 0 -> leave(connection);
                case 1 -> {
                    client.ask("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"all\",\"a\":\"processed\"}");
                    active.forEach(id -> lives.get(connection).add("unsubscribe " + id));
                    active.clear();
                }
                default -> {
                    String id = "s" + random.nextInt(4);
                    String bookmark = random.nextBoolean() ? ",\"bm\":\"0\"" : "";
                    client.ask("{\"c\":\"subscribe\",\"cid\":\"c\",\"sub_id\":\"" + id
                            + "\",\"t\":\"orders\",\"a\":\"processed\"" + bookmark + "}");
                    if (!active.contains(id)) {
                        active.add(id);
                        lives.get(connection).add("subscribe " + id);
                    }
                }
            }
        }

        private void leave(int connection) {
            TestClient client = clients.remove(connection);
            holders.values().remove(connection);
            client.endOutput();
            assertThat(client.isClosedWithoutAWord()).isTrue();
            client.close();
            lives.get(connection).add("disconnect connection closed");
        }
    }
}
