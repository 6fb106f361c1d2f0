package io.holdfast.broker.internal.log;

import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.LogonIdentity;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.client.error.Untrusted;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to clients, one record each: {@code <ISO-8601 with 7 decimals and offset> [<thread>] <level>: <code> <text>} (protocol
 * text 3). Called on the broker's thread.
 */
public final class OperatorLog {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSxxx", Locale.ROOT);

    private final Consumer<String> sink;
    private final InstantSource clock;
    private final ZoneId zone;

    /** A log into this sink, or SLF4J, in the zone of the machine. */
    public OperatorLog(@Nullable Consumer<String> sink, InstantSource clock) {
        this.sink = sink == null ? toSlf4j() : sink;
        this.clock = clock;
        this.zone = ZoneId.systemDefault();
    }

    /** A logon took a name from its holder. */
    public void evicted(Session holder) {
        LogonIdentity who = holder.identity();
        write(
                "warning",
                "02-0025",
                "A client logon with an 'in use' client name for the same user id forced a disconnect of client: client["
                        + Untrusted.escape(holder.clientName()) + "] with user id: "
                        + Untrusted.escape(who == null ? null : who.userId()));
    }

    /** A session ended. */
    public void disconnected(Session session, DisconnectReason reason, @Nullable String detail) {
        write(
                "info",
                "07-0013",
                "client[" + Untrusted.escape(session.displayName()) + "] disconnected. reason: " + reason.text()
                        + (detail == null ? "" : " (" + Untrusted.escape(detail) + ")"));
    }

    /** A session was silent too long. */
    public void unresponsive(Session session) {
        write(
                "error",
                "07-0042",
                "AMPS heartbeat manager is disconnecting an unresponsive client: "
                        + Untrusted.escape(session.displayName()));
    }

    /** A session did not take its messages. */
    public void slow(Session session) {
        write(
                "error",
                "70-0004",
                "client[" + Untrusted.escape(session.displayName())
                        + "] is not consuming messages, disconnecting slow client");
    }

    /** A session logged on. */
    public void loggedOn(Session session, String nameHash, long lastSequence, long lastLogSequence) {
        LogonIdentity who = session.identity();
        if (who == null) {
            return;
        }
        write(
                "info",
                "1F-0004",
                "[" + session.connectionName() + "] AMPS client session logon for: "
                        + Untrusted.escape(who.clientName())
                        + "\n    client authid: " + Untrusted.escape(who.authenticatedId())
                        + "\n    client name hash: " + nameHash
                        + "\n    client version: " + Untrusted.escape(who.version())
                        + "\n    last acked client seq: " + lastSequence
                        + "\n    last txn log client seq: " + lastLogSequence
                        + "\n    correlation id: " + Untrusted.escape(who.correlationId()));
    }

    /** A replication link changed. */
    public void replication(String target, String change) {
        write("info", "HB-0002", "replication to " + target + ": " + change);
    }

    /** The transaction log cannot be written any more. */
    public void logFailed(@Nullable String reason) {
        write(
                "error",
                "HB-0001",
                "the transaction log failed and the broker stops; all that it acknowledged as persisted is kept: "
                        + Untrusted.escape(reason));
    }

    private void write(String level, String code, String text) {
        sink.accept(TIME.format(clock.instant().atZone(zone)) + " ["
                + Thread.currentThread().getId() + "] " + level + ": " + code + " " + text);
    }

    private static Consumer<String> toSlf4j() {
        Logger log = LoggerFactory.getLogger("io.holdfast.broker.operator");
        return log::info;
    }
}
