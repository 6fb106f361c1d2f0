package io.holdfast.samples.doctor.read;

import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.LogEvent;
import io.holdfast.samples.doctor.evidence.Party;
import io.holdfast.samples.doctor.evidence.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of Holdfast's own clients, as {@code docs/log-events.md} lists them: {@code HF-<code> <event> <key=value>...}. */
final class HoldfastLines implements LineParser {

    private static final Pattern LINE = Pattern.compile("\\bHF-([0-9]{4}) ([a-z][a-z-]{2,40})\\b(.*)", Pattern.DOTALL);
    private static final Pattern NO_ANSWER =
            Pattern.compile("timed out|no route|unreachable|unknown host|within [0-9]", Pattern.CASE_INSENSITIVE);

    /** A client writes the same line once a minute, with the count of those left out; no more of them are believed. */
    private static final int MOST_REPEATED = 1_000;

    @Override
    public boolean take(LogLine line, Consumer<LogEvent> events) {
        Matcher found = LINE.matcher(line.text());
        if (!found.find()) {
            return false;
        }
        Fields fields = Fields.of(found.group(3));
        String name = fields.get("client_name");
        if (name != null) {
            LogEvent event = event(line.at(), found.group(1), found.group(2), name, fields, found.group(3));
            long times = 1 + Math.max(0, Math.min(MOST_REPEATED, fields.number("repeated")));
            for (long i = 0; event != null && i < times; i++) {
                events.accept(event);
            }
        }
        return true;
    }

    private static @Nullable LogEvent event(
            Instant at, String code, String event, String name, Fields fields, String rest) {
        return switch (event) {
            case "connected" -> LogEvent.client(at, EventKind.LOGON, name);
            case "connection-lost" ->
                LogEvent.client(at, lost(String.valueOf(fields.get("cause"))), name)
                        .lasting(fields.number("lifetime_ms"));
            case "connect-failed" -> LogEvent.client(at, failed(String.valueOf(fields.get("detail"))), name);
            case "client-closed" -> LogEvent.client(at, EventKind.ENDED_BY_CLIENT, name);
            case "identity-lost" ->
                LogEvent.client(at, EventKind.VERDICT, name).with(verdict(fields, 0, "folder-taken"));
            case "name-collision" ->
                rest.startsWith(" confirmed")
                        ? LogEvent.client(at, EventKind.VERDICT, name)
                                .with(verdict(fields, Math.max(0, fields.number("evictions")), fields.get("proof")))
                        : LogEvent.client(at, EventKind.SUSPECTED, name);
            default -> code.startsWith("3") ? LogEvent.client(at, EventKind.SUSPECTED, name) : null;
        };
    }

    private static EventKind lost(String cause) {
        return switch (cause) {
            case "PEER_CLOSED", "PEER_RESET" -> EventKind.CLOSED_BY_PEER;
            case "HEARTBEAT_TIMEOUT", "OWN_SILENCE" -> EventKind.HEARTBEAT;
            default -> EventKind.ENDED_BY_CLIENT;
        };
    }

    private static EventKind failed(String detail) {
        if (detail.contains("name in use")) {
            return EventKind.NAME_REFUSED;
        }
        return NO_ANSWER.matcher(detail).find() ? EventKind.UNREACHABLE : EventKind.REFUSED;
    }

    private static Verdict verdict(Fields fields, long evictions, @Nullable String proof) {
        return new Verdict(party(fields, "self"), party(fields, "rival"), evictions, proof, fields.get("fix"));
    }

    private static Party party(Fields fields, String side) {
        return new Party(
                fields.get(side + "_nonce"),
                fields.get(side + "_host"),
                fields.number(side + "_pid"),
                instant(fields.get(side + "_since")),
                null,
                fields.get(side + "_address"),
                null);
    }

    /** An instant; the short form of the verdict has no date and is left out, rather than guessed. */
    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.length() > 40) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null; // not a time that we can place
        }
    }
}
