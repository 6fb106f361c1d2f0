package io.holdfast.samples.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.client.message.Payload;
import java.util.Optional;

/**
 * What {@code hold} publishes: {@code {"from":<name>,"n":<counter>}}.
 *
 * @param from the publisher's client name
 * @param n its counter: 1, 2, 3, ... without a gap
 */
record HoldMessage(String from, long n) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 64 << 10;

    Payload payload() {
        return Payload.utf8(
                JSON.createObjectNode().put("from", from).put("n", n).toString());
    }

    /** Reads one; empty for everything else, which may be on the same topic. */
    static Optional<HoldMessage> parse(Payload body) {
        if (body.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(body.utf8());
            JsonNode from = node.path("from");
            JsonNode n = node.path("n");
            return from.isTextual() && n.isIntegralNumber() && n.canConvertToLong() && n.asLong() > 0
                    ? Optional.of(new HoldMessage(from.asText(), n.asLong()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
