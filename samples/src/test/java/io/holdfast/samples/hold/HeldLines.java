package io.holdfast.samples.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.client.ClientState;
import java.time.Instant;
import java.util.List;

/**
 * What {@code hold} wrote during one lost connection: every line has every field, and says in it what can be true.
 *
 * @param lines all of them, in order
 * @param name of the client
 * @param server the only one there is
 */
record HeldLines(List<JsonNode> lines, String name, String server) {

    private static final List<String> COUNTS = List.of(
            "pending", "in_doubt", "published", "persisted", "refused", "received", "duplicates", "gaps", "restarts");
    private static final List<String> TOTALS = List.of("published", "persisted", "received");

    static HeldLines of(List<JsonNode> lines, String name, int port) {
        return new HeldLines(lines, name, "tcp://127.0.0.1:" + port);
    }

    void assertPlausible(Instant begin, Instant end) {
        assertThat(lines).extracting(line -> line.path("event").asText()).contains("transition", "traffic", "summary");
        JsonNode before = lines.get(0);
        for (JsonNode line : lines) {
            assertThat(Instant.parse(line.path("at").asText()))
                    .as("at: %s", line)
                    .isBetween(begin, end);
            assertThat(ClientState.valueOf(line.path("state").asText()))
                    .as("state: %s", line)
                    .isNotNull();
            assertThat(line.path("name").textValue()).as("name: %s", line).isEqualTo(name);
            assertSaysWhere(line);
            assertSaysWhy(line);
            for (String count : COUNTS) {
                assertThat(line.path(count).isIntegralNumber())
                        .as("%s: %s", count, line)
                        .isTrue();
                assertThat(line.path(count).asLong()).as("%s: %s", count, line).isNotNegative();
            }
            for (String total : TOTALS) {
                assertThat(line.path(total).asLong())
                        .as("%s: %s", total, line)
                        .isGreaterThanOrEqualTo(before.path(total).asLong());
            }
            assertThat(line.path("in_doubt").asLong())
                    .as("nobody else has the name: %s", line)
                    .isZero();
            before = line;
        }
        assertThat(transitionsTo(ClientState.BACKOFF)).hasSize(1);
    }

    private void assertSaysWhere(JsonNode line) {
        assertThat(line.has("endpoint")).as("endpoint: %s", line).isTrue();
        String state = line.path("state").asText();
        // Only before the first attempt and at its end is it about no server.
        if (line.path("event").asText().equals("transition") && !state.equals("CLOSED")) {
            assertThat(line.path("endpoint").textValue())
                    .as("endpoint: %s", line)
                    .isEqualTo(server);
        }
    }

    private void assertSaysWhy(JsonNode line) {
        assertThat(line.has("cause")).as("cause: %s", line).isTrue();
        assertThat(line.path("attempt").isIntegralNumber())
                .as("attempt: %s", line)
                .isTrue();
        assertThat(line.path("delay_ms").isIntegralNumber())
                .as("delay_ms: %s", line)
                .isTrue();
        assertThat(line.path("attempt").asInt()).as("attempt: %s", line).isBetween(0, 10);
        assertThat(line.path("delay_ms").asLong()).as("delay_ms: %s", line).isBetween(0L, 20_000L);
        if (!line.path("event").asText().equals("transition")) {
            return;
        }
        if (line.path("state").asText().equals("BACKOFF")) {
            // One close of the broker shows as an end or as a reset, depending on what this client was just sending.
            assertThat(line.path("cause").asText())
                    .containsAnyOf("the peer closed the connection", "the connection failed");
            assertThat(line.path("attempt").asInt()).as("attempt: %s", line).isPositive();
        } else {
            assertThat(line.path("delay_ms").asLong()).as("delay_ms: %s", line).isZero();
        }
        if (List.of("CONNECTING", "RESUMING", "PROBATION")
                .contains(line.path("state").asText())) {
            assertThat(line.path("cause").isNull())
                    .as("nothing has failed: %s", line)
                    .isTrue();
        }
    }

    private List<JsonNode> transitionsTo(ClientState state) {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals("transition"))
                .filter(line -> line.path("state").asText().equals(state.name()))
                .toList();
    }
}
