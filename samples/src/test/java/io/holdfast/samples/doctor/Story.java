package io.holdfast.samples.doctor;

import io.holdfast.ha.identity.IdentityStamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What happened to two clients and a broker, and the logs that they would have written of it. */
final class Story {

    private static final long START = Instant.parse("2026-01-20T10:00:00Z").toEpochMilli();

    /** What else goes wrong with connections. */
    enum Trouble {
        RESTARTS,
        FLAPPING,
        SLOW,
        SILENT,
        KICKS
    }

    /** How a client writes its log. */
    enum Form {
        HOLDFAST,
        LOG4J,
        EPOCH,
        UTIL_LOGGING
    }

    /** What happens; but for the first two, an end and its cause. */
    enum Act {
        LOGON,
        FAILED,
        EVICTED,
        BROKER_CLOSED,
        DROPPED,
        SLOW,
        SILENT,
        KICKED
    }

    private record Fact(long at, int client, Act act, long life) {}

    private final List<Fact> facts = new ArrayList<>();
    private final String[] names;
    private final boolean identities;

    private Story(boolean identities, String... names) {
        this.identities = identities;
        this.names = names;
    }

    /** Two programs with one name, each with its own delay of reconnecting, fixed or with jitter. */
    static Story fight(Random random, boolean identities) {
        Story story = new Story(identities, "gateway", "gateway");
        long[] delays = {delay(random), delay(random)};
        boolean jitter = random.nextBoolean();
        long at = START;
        int holder = 0;
        story.add(at, 0, Act.LOGON, 0);
        for (int i = 0; i < 14 + random.nextInt(30); i++) {
            long life = delays[1 - holder] + (jitter ? random.nextInt(1 + (int) delays[1 - holder] / 2) : 0);
            at += life;
            story.add(at, holder, Act.EVICTED, life);
            holder = 1 - holder;
            story.add(at + 1, holder, Act.LOGON, 0);
        }
        return story;
    }

    /** Two programs with names of their own, and something else. */
    static Story of(Trouble trouble, Random random) {
        Story story = new Story(random.nextBoolean(), "gateway", "prices");
        long at = START;
        for (int client = 0; client < 2; client++) {
            story.add(at + client, client, Act.LOGON, 0);
        }
        int rounds = trouble == Trouble.KICKS ? 2 : 7 + random.nextInt(8);
        for (int i = 0; i < rounds; i++) {
            long life = switch (trouble) {
                case RESTARTS, FLAPPING -> 5_000 + random.nextInt(15_000);
                case SLOW, SILENT -> 31_000 + random.nextInt(30_000);
                case KICKS -> 60_000 + random.nextInt(600_000);
            };
            at += life;
            long away =
                    trouble == Trouble.RESTARTS || trouble == Trouble.FLAPPING ? 2_000 + random.nextInt(4_000) : 200;
            for (int client = 0; client < 2; client++) {
                long own = at + (trouble == Trouble.RESTARTS || trouble == Trouble.FLAPPING ? client : client * 7_000L);
                story.add(own, client, end(trouble), life);
                for (long retry = 400; retry < away; retry += 700) {
                    story.add(own + retry, client, Act.FAILED, 0);
                }
                story.add(own + away, client, Act.LOGON, 0);
            }
            at += 8_000;
        }
        return story;
    }

    private static Act end(Trouble trouble) {
        return switch (trouble) {
            case RESTARTS -> Act.BROKER_CLOSED;
            case FLAPPING -> Act.DROPPED;
            case SLOW -> Act.SLOW;
            case SILENT -> Act.SILENT;
            case KICKS -> Act.KICKED;
        };
    }

    private static long delay(Random random) {
        return new long[] {200, 500, 1_000, 2_000, 5_000}[random.nextInt(5)] + random.nextInt(50);
    }

    private void add(long at, int client, Act act, long life) {
        facts.add(new Fact(at, client, act, life));
    }

    long evictions() {
        return facts.stream().filter(fact -> fact.act == Act.EVICTED).count();
    }

    private List<Fact> inOrder() {
        return facts.stream().sorted(Comparator.comparingLong(Fact::at)).toList();
    }

    /** The broker's log, in the documented form. */
    String brokerLog() {
        StringBuilder log = new StringBuilder();
        for (Fact fact : inOrder()) {
            String client = "client[" + names[fact.client] + "]";
            switch (fact.act) {
                case LOGON ->
                    record(
                            log,
                            fact,
                            "info: 1F-0004 [tcp-" + fact.at + "] AMPS client session logon for: " + names[fact.client]
                                    + "\n    client authid: -\n    correlation id: " + token(fact.client));
                case EVICTED -> {
                    record(
                            log,
                            fact,
                            "warning: 02-0025 A client logon with an 'in use' client name for the same user id forced a"
                                    + " disconnect of client: " + client + " with user id: u");
                    record(log, fact, "info: 07-0013 " + client + " disconnected. reason: name in use");
                }
                case BROKER_CLOSED ->
                    record(log, fact, "info: 07-0013 " + client + " disconnected. reason: broker closed");
                case DROPPED ->
                    record(log, fact, "info: 07-0013 " + client + " disconnected. reason: connection closed");
                case SLOW -> {
                    record(
                            log,
                            fact,
                            "error: 70-0004 " + client + " is not consuming messages, disconnecting slow client");
                    record(log, fact, "info: 07-0013 " + client + " disconnected. reason: slow client");
                }
                case SILENT -> {
                    record(
                            log,
                            fact,
                            "error: 07-0042 AMPS heartbeat manager is disconnecting an unresponsive client: "
                                    + names[fact.client]);
                    record(log, fact, "info: 07-0013 " + client + " disconnected. reason: heartbeat");
                }
                case KICKED ->
                    record(log, fact, "info: 07-0013 " + client + " disconnected. reason: entitlement reset");
                case FAILED -> {}
            }
        }
        return log.toString();
    }

    private String token(int client) {
        return identities
                ? IdentityStamp.ofNonce("000000000000000" + client)
                        .withProcess("host-" + client, 100 + client, Instant.EPOCH)
                        .toCorrelationId()
                        .value()
                : "-";
    }

    private static void record(StringBuilder log, Fact fact, String text) {
        log.append(format("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSxxx", fact.at))
                .append(" [5] ")
                .append(text)
                .append('\n');
    }

    /** The log of one client, by a clock that is so far ahead. A client sees a bare close, whatever the cause. */
    String clientLog(int client, Form form, long aheadMillis) {
        StringBuilder log = new StringBuilder();
        for (Fact fact : inOrder()) {
            if (fact.client == client) {
                write(log, form, fact, fact.at + aheadMillis);
            }
        }
        return log.toString();
    }

    private void write(StringBuilder log, Form form, Fact fact, long at) {
        String words = switch (fact.act) {
            case LOGON -> "Connected to tcp://amps1:9007";
            case FAILED -> "Reconnect failed: Connection refused";
            case SILENT -> "Heartbeat timed out";
            default -> "Connection closed by peer";
        };
        log.append(
                switch (form) {
                    case LOG4J ->
                        format("uuuu-MM-dd HH:mm:ss,SSS", at) + " WARN [reader] c.a.Link - clientName="
                                + names[fact.client] + " " + words;
                    case EPOCH -> at + " link: " + words;
                    case UTIL_LOGGING -> format("MMM d, uuuu h:mm:ss a", at) + " c.a.Link run\nWARNING: " + words;
                    case HOLDFAST -> format("uuuu-MM-dd HH:mm:ss.SSS", at) + " WARN i.h.HaDriver - " + ours(fact);
                });
        log.append('\n');
    }

    private String ours(Fact fact) {
        String name = " client_name=" + names[fact.client] + " server=amps1:9007";
        return switch (fact.act) {
            case LOGON -> "HF-2201 connected" + name + " attempt=1 repeated=0";
            case FAILED -> "HF-2203 connect-failed" + name + " attempt=2 repeated=0 detail=\"Connection refused\"";
            case SILENT ->
                "HF-2202 connection-lost" + name + " cause=HEARTBEAT_TIMEOUT lifetime_ms=" + fact.life + " repeated=0";
            default -> "HF-2202 connection-lost" + name + " cause=PEER_CLOSED lifetime_ms=" + fact.life + " repeated=0";
        };
    }

    private static String format(String pattern, long at) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .format(Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC));
    }
}
