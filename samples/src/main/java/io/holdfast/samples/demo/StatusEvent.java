package io.holdfast.samples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * One message of the broker's topic {@code /AMPS/ClientStatus} (AMPS user guide); fields that it lacks are empty.
 *
 * @param event what happened: {@code logon}, {@code disconnect}, ...
 * @param clientName the client's name
 * @param connectionName the broker's name for the connection, different for each
 * @param correlationId the token that the client chose at logon
 * @param reason why, on a disconnect
 */
record StatusEvent(String event, String clientName, String connectionName, String correlationId, String reason) {

    /** Where the broker tells about its clients. */
    static final String TOPIC = "/AMPS/ClientStatus";

    /** The reason of an eviction (AMPS user guide). */
    static final String NAME_IN_USE = "name in use";

    private static final ObjectMapper JSON = new ObjectMapper();

    static StatusEvent parse(String json) throws JsonProcessingException {
        JsonNode node = JSON.readTree(json).path("ClientStatus");
        return new StatusEvent(
                text(node, "event"),
                text(node, "client_name"),
                text(node, "connection_name"),
                text(node, "correlation_id"),
                text(node, "reason"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
