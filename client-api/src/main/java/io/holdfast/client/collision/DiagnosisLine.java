package io.holdfast.client.collision;

import io.holdfast.client.error.Untrusted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a {@link CollisionDiagnosis} as the fields of one log line. Pure. */
final class DiagnosisLine {

    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter WITH_MILLIS =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(512);
    private final Instant at;
    private final ChronoUnit unit;

    private DiagnosisLine(Instant at, ChronoUnit unit) {
        this.at = at;
        this.unit = unit;
    }

    static String of(CollisionDiagnosis diagnosis) {
        DiagnosisLine line = new DiagnosisLine(diagnosis.at(), unit(diagnosis.parties()));
        line.text("client_name", diagnosis.clientName());
        line.loop(diagnosis.loop());
        line.plain("proof", diagnosis.proof().word());
        line.plain("control", diagnosis.loop().control().name().toLowerCase(Locale.ROOT));
        line.rival(diagnosis.parties().rival());
        line.self(diagnosis.parties().self());
        line.plain("action", diagnosis.decision().word());
        line.plain("winner", winner(diagnosis.parties()));
        line.plain("store_pending", Long.toString(diagnosis.stores().pending()));
        line.plain("in_doubt", Long.toString(diagnosis.stores().inDoubt()));
        line.text("name_source", diagnosis.nameSource());
        line.quoted("fix", diagnosis.remedy());
        line.plain("see", CollisionDiagnosis.SEE);
        return line.out.toString();
    }

    private void loop(EvictionLoop loop) {
        plain("evictions", Integer.toString(loop.evictions()));
        plain("within", String.format(Locale.ROOT, "%.1fs", loop.within().toMillis() / 1000.0));
        text("server", loop.server());
        plain(
                "sessions_ms",
                loop.sessions().isEmpty()
                        ? "-"
                        : loop.sessions().stream()
                                .map(session -> Long.toString(session.toMillis()))
                                .collect(Collectors.joining(",")));
    }

    private void rival(PartyIdentity rival) {
        text("rival_host", rival.host());
        plain("rival_pid", pid(rival));
        plain("rival_since", time(rival.since()));
        text("rival_address", rival.address());
        if (rival.opaque() != null) {
            text("rival_correlation_id", rival.opaque());
        }
    }

    private void self(PartyIdentity self) {
        text("self_host", self.host());
        plain("self_pid", pid(self));
        plain("self_since", time(self.since()));
    }

    private static String winner(Parties parties) {
        return parties.winner().name().toLowerCase(Locale.ROOT) + "(" + parties.because() + ")";
    }

    private static String pid(PartyIdentity party) {
        return party.pid() < 0 ? "-" : Long.toString(party.pid());
    }

    /** Milliseconds only where seconds would hide which of the two was first. */
    private static ChronoUnit unit(Parties parties) {
        Instant rival = parties.rival().since();
        Instant self = parties.self().since();
        boolean same = rival != null
                && self != null
                && rival.truncatedTo(ChronoUnit.SECONDS).equals(self.truncatedTo(ChronoUnit.SECONDS));
        return same ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
    }

    /** The time of day if that is enough: the instant was within the twelve hours around the diagnosis. */
    private String time(@Nullable Instant instant) {
        if (instant == null) {
            return "-";
        }
        boolean near = Math.abs(instant.until(at, ChronoUnit.SECONDS)) < 12 * 3600;
        DateTimeFormatter form = unit == ChronoUnit.MILLIS ? WITH_MILLIS : TIME_OF_DAY;
        return near ? form.format(instant) : instant.truncatedTo(unit).toString();
    }

    private void plain(String key, String value) {
        out.append(out.isEmpty() ? "" : " ").append(key).append('=').append(value);
    }

    /** Untrusted text: quoted only where it would break the form. */
    private void text(String key, @Nullable String value) {
        String escaped = Untrusted.escape(value);
        boolean bare = !escaped.isEmpty()
                && escaped.chars()
                        .noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '=' || c == '\\');
        plain(key, bare ? escaped : '"' + escaped + '"');
    }

    private void quoted(String key, String value) {
        // Not Untrusted.escape: a remedy is our own text and longer than what that shows; names in it are escaped
        // already.
        plain(key, '"' + value + '"');
    }
}
