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

    private static final Pattern LINE = Pattern.compile("\\bHF-[0-9]{4} ([a-z][a-z-]{2,40})\\b(.*)", Pattern.DOTALL);
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
        Fields fields = Fields.of(found.group(2));
        String name = fields.get("client_name");
        if (name != null) {
            LogEvent event = event(line.at(), found.group(1), name, fields, found.group(2));
            long times = 1 + Math.max(0, Math.min(MOST_REPEATED, fields.number("repeated")));
            for (long i = 0; event != null && i < times; i++) {
                events.accept(event);
            }
        }
        return true;
    }

    private static @Nullable LogEvent event(Instant at, String event, String name, Fields fields, String rest) {
        return switch (event) {
            case "connected" -> LogEvent.client(at, EventKind.LOGON, name);
            case "connection-lost" ->
                LogEvent.client(at, lost(String.valueOf(fields.get("cause"))), name)
                        .lasting(fields.number("lifetime_ms"));
            case "connect-failed" -> LogEvent.client(at, failed(String.valueOf(fields.get("detail"))), name);
            case "client-closed" -> LogEvent.client(at, EventKind.ENDED_BY_CLIENT, name);
            case "identity-lost" -> verdict(at, name, fields, new Said(false, 0, "folder-taken"));
            case "name-collision" ->
                rest.startsWith(" confirmed")
                        ? fight(at, name, fields)
                        : LogEvent.client(at, EventKind.SUSPECTED, name);
            case "name-yielded" -> fight(at, name, fields);
            case "silent-collision" -> verdict(at, name, fields, new Said(true, 0, fields.get("proof")));
            case "session-closed" -> LogEvent.client(at, EventKind.SUSPECTED, name);
            default -> null; // among them what a client says of another cause, of its standby and of its sight
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

    private static LogEvent fight(Instant at, String name, Fields fields) {
        return verdict(at, name, fields, new Said(false, Math.max(0, fields.number("evictions")), fields.get("proof")));
    }

    private record Said(
            boolean silent, long evictions, @Nullable String proof) {}

    private static LogEvent verdict(Instant at, String name, Fields fields, Said said) {
        Verdict verdict = new Verdict(
                party(fields, "self"),
                party(fields, "rival"),
                said.silent,
                said.evictions,
                said.proof,
                fields.get("fix"));
        return LogEvent.client(at, EventKind.VERDICT, name).with(verdict);
    }

    private static Party party(Fields fields, String side) {
        return new Party(
                fields.get(side + "_nonce"),
                fields.get(side + "_host"),
                fields.number(side + "_pid"),
                instant(fields.get(side + "_since")),
                null,
                fields.get(side + "_address"),
                fields.get(side + "_correlation_id"));
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
