package io.holdfast.samples.doctor.read;

import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.LogEvent;
import io.holdfast.samples.doctor.evidence.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The broker's own log in the documented form: {@code <time> [<thread>] <level>: <code> <text>}, a logon followed by a block of
 * indented lines.
 *
 * <p>The first code on a line is the line's: what stands behind it may be a client's name, and a name can hold anything.
 */
final class BrokerLines implements LineParser {

    private static final Pattern RECORD =
            Pattern.compile("\\[[^\\]\\s]{1,40}\\] (?:[a-z]{3,10}): ([0-9A-Z]{2}-[0-9]{4}) (.*)", Pattern.DOTALL);
    private static final Pattern EVICTION =
            Pattern.compile("forced a disconnect of client: client\\[(.*)\\] with user id:");
    private static final Pattern END = Pattern.compile("client\\[(.*)\\] disconnected\\.(?: reason: (.*))?");
    private static final Pattern LOGON = Pattern.compile("\\[[^\\]]{0,256}\\] AMPS client session logon for: (.*)");
    private static final Pattern UNRESPONSIVE = Pattern.compile("disconnecting an unresponsive client: (.*)");
    private static final Pattern SLOW = Pattern.compile("client\\[(.*)\\] is not consuming messages");
    /** How far into a line a record may begin: behind the prefix of a logger or a container. */
    private static final int REACH = 200;

    private static final Duration SAME_END = Duration.ofSeconds(2);
    private static final String TOKEN = "correlation id:";

    private @Nullable LogEvent logon;
    private @Nullable LogEvent told;

    @Override
    public boolean take(LogLine line, Consumer<LogEvent> events) {
        if (logon != null && line.text().startsWith(" ") && !line.ownTime()) {
            block(line.text().strip(), events);
            return true;
        }
        Matcher found = RECORD.matcher(line.text());
        if (found.find() && found.start() <= REACH) {
            flush(events);
            record(line.at(), found.group(1), found.group(2), events);
            return true;
        }
        return false;
    }

    @Override
    public void flush(Consumer<LogEvent> events) {
        if (logon != null) {
            events.accept(logon);
            logon = null;
        }
    }

    private void block(String text, Consumer<LogEvent> events) {
        LogEvent begun = logon;
        if (begun != null && text.startsWith(TOKEN)) {
            String token = text.substring(TOKEN.length()).strip();
            boolean told = !token.isEmpty() && !token.equals("-") && !token.equals("null");
            logon = told ? begun.with(Party.of(token, null)) : begun;
            flush(events);
        }
    }

    private void record(Instant at, String code, String text, Consumer<LogEvent> events) {
        switch (code) {
            case "02-0025" -> tell(EVICTION.matcher(text), at, EventKind.EVICTED, events);
            case "07-0013" -> {
                Matcher found = END.matcher(text);
                if (found.lookingAt()) {
                    ended(at, found.group(1), found.group(2), events);
                }
            }
            case "07-0042" -> tell(UNRESPONSIVE.matcher(text), at, EventKind.HEARTBEAT, events);
            case "70-0004" -> tell(SLOW.matcher(text), at, EventKind.SLOW_CLIENT, events);
            case "1F-0004" -> {
                Matcher found = LOGON.matcher(text);
                if (found.lookingAt()) {
                    logon = LogEvent.broker(at, EventKind.LOGON, found.group(1));
                }
            }
            default -> {
                // the broker has many codes; these are the ones that tell of a name
            }
        }
    }

    private void tell(Matcher found, Instant at, EventKind kind, Consumer<LogEvent> events) {
        if (found.find()) {
            told = LogEvent.broker(at, kind, found.group(1));
            events.accept(told);
        }
    }

    /** The record of an end; for an eviction, a slow client and a silent one it is the second that tells of it. */
    private void ended(Instant at, String name, @Nullable String reason, Consumer<LogEvent> events) {
        String why = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        boolean refused = why.startsWith("name in use") && why.contains("refused");
        EventKind kind = refused ? EventKind.NAME_REFUSED : kind(why);
        LogEvent before = told;
        told = null;
        boolean second = before != null
                && name.equals(before.name())
                && !at.isAfter(before.at().plus(SAME_END))
                && (why.isEmpty() || kind == before.kind());
        if (!second) {
            events.accept(LogEvent.broker(at, kind, name));
        }
    }

    private static EventKind kind(String reason) {
        if (reason.startsWith("name in use")) {
            return EventKind.EVICTED;
        } else if (reason.isEmpty() || reason.startsWith("connection closed")) {
            return EventKind.DROPPED;
        } else if (reason.startsWith("heartbeat")) {
            return EventKind.HEARTBEAT;
        } else if (reason.startsWith("slow client")) {
            return EventKind.SLOW_CLIENT;
        } else if (reason.startsWith("broker closed")) {
            return EventKind.BROKER_CLOSED;
        }
        return EventKind.ENDED_OTHERWISE;
    }
}
