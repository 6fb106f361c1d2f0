package io.holdfast.samples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * One message of the broker's topic {@code /AMPS/ClientStatus} (AMPS user guide); fields that it lacks are empty.
 *
 * @param event what happened: {@code logon}, {@code disconnect}, ...
 * @param clientName the client's name
 * @param connectionName the broker's name for the connection, different for each
 * @param correlationId the token that the client chose at logon
 * @param reason why, on a disconnect
 * @param timestamp when, in the broker's form ({@code 20160509T171919.976304Z})
 */
public record StatusEvent(
        String event, String clientName, String connectionName, String correlationId, String reason, String timestamp) {

    /** Where the broker tells about its clients. */
    public static final String TOPIC = "/AMPS/ClientStatus";

    /** The reason of an eviction (AMPS user guide). */
    public static final String NAME_IN_USE = "name in use";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSSX", Locale.ROOT);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads one. */
    public static StatusEvent parse(String json) throws JsonProcessingException {
        JsonNode node = JSON.readTree(json).path("ClientStatus");
        return new StatusEvent(
                text(node, "event"),
                text(node, "client_name"),
                text(node, "connection_name"),
                text(node, "correlation_id"),
                text(node, "reason"),
                text(node, "timestamp"));
    }

    /** When it happened by the broker's clock; {@code now} if the event does not say so. */
    public Instant time(Instant now) {
        try {
            return TIMESTAMP.parse(timestamp, Instant::from);
        } catch (DateTimeParseException e) {
            return now;
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
