package io.holdfast.ha.internal.collision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.CorrelationId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of the topic {@code /AMPS/ClientStatus}: strict about what it uses, deaf to the rest. Stateless, any thread.
 *
 * <p>It takes the documented shape, {@code {"ClientStatus":{...}}}, and the same without the wrapper, with the keys in any order,
 * keys it does not know, and numbers where text is expected. It gives nothing for a text that is no single JSON object, is longer
 * than {@value #MAX_LENGTH} characters, nested deeper than {@value #MAX_DEPTH}, or gives a key it uses twice: what can be
 * read in two ways proves nothing.
 */
public final class StatusEventReader {

    /** The longest message that is read. */
    public static final int MAX_LENGTH = 65_536;

    /** The deepest nesting that is read. */
    static final int MAX_DEPTH = 16;

    private static final String WRAPPER = "ClientStatus";
    private static final Set<String> USED =
            Set.of("event", "client_name", "connection_name", "client_address", "correlation_id", "reason");
    private static final Set<String> NO_SIGN_OF_LIFE = Set.of("logon_failed", "connect");

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNameLength(1024)
                    .maxNumberLength(256)
                    .build())
            .build();

    /** The event in the text, if it is one that names a client; never throws. */
    public Optional<StatusEvent> read(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, String> fields = new HashMap<>();
            readObject(parser, fields, true);
            return parser.nextToken() == null ? eventOf(fields) : Optional.empty();
        } catch (IOException e) {
            // Anybody can make a broker publish anything: what is no status event is not an error of ours.
            return Optional.empty();
        }
    }

    private static void readObject(JsonParser parser, Map<String, String> fields, boolean outermost)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (outermost && key.equals(WRAPPER) && value == JsonToken.START_OBJECT) {
                readObject(parser, fields, false);
            } else if (USED.contains(key)) {
                if (value.isScalarValue()
                        && value != JsonToken.VALUE_NULL
                        && fields.put(key, parser.getText()) != null) {
                    throw new AmbiguousException();
                }
                parser.skipChildren();
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Optional<StatusEvent> eventOf(Map<String, String> fields) {
        String event = fields.get("event");
        String name = fields.get("client_name");
        if (event == null || name == null || name.isEmpty() || name.length() > LogonRequest.MAX_NAME_LENGTH) {
            return Optional.empty();
        }
        String word = event.toLowerCase(Locale.ROOT);
        if (NO_SIGN_OF_LIFE.contains(word)) {
            return Optional.empty();
        }
        StatusEvent.Kind kind = switch (word) {
            case "logon" -> StatusEvent.Kind.LOGON;
            case "disconnect", "disconnected" -> StatusEvent.Kind.DISCONNECT;
            default -> StatusEvent.Kind.ACTIVITY;
        };
        return Optional.of(new StatusEvent(
                kind,
                name,
                cut(fields.get("connection_name")),
                cut(fields.get("client_address")),
                cut(fields.get("correlation_id")),
                cut(fields.get("reason"))));
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return text.length() <= CorrelationId.MAX_LENGTH ? text : text.substring(0, CorrelationId.MAX_LENGTH);
    }

    private static final class AmbiguousException extends IOException {
        private static final long serialVersionUID = 1L;

        AmbiguousException() {
            super("a key occurs twice");
        }
    }
}
