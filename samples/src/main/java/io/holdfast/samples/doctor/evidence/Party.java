package io.holdfast.samples.doctor.evidence;

import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.IdentityStamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One program that used a client name, as far as somebody told; untrusted in every field.
 *
 * @param nonce tells one process of ours from another; {@code null} if not told
 * @param host its host; {@code null} if not told
 * @param pid its process id, -1 if not told
 * @param since since when it says it has held the name; {@code null} if not told
 * @param sdkVersion the version of Holdfast it runs; {@code null} if not told
 * @param address where its connection came from; {@code null} if not told
 * @param token a correlation id that is not ours, or the application's own within ours; {@code null} if there is none
 */
public record Party(
        @Nullable String nonce,
        @Nullable String host,
        long pid,
        @Nullable Instant since,
        @Nullable String sdkVersion,
        @Nullable String address,
        @Nullable String token) {

    /** Nothing known. */
    public static final Party UNKNOWN = new Party(null, null, -1, null, null, null, null);

    /** The party that logged on with this correlation id, from this address. */
    public static Party of(@Nullable String correlationId, @Nullable String address) {
        Optional<IdentityStamp> stamp = IdentityStamp.parse(correlationId);
        if (stamp.isEmpty()) {
            return new Party(null, null, -1, null, null, address, correlationId);
        }
        IdentityStamp known = stamp.get();
        return new Party(
                known.nonce(),
                known.host(),
                known.pid(),
                known.establishedSince(),
                known.sdkVersion(),
                address,
                known.application() == null ? null : known.application().value());
    }

    /** What tells this party from another, the surest first; empty if nothing does. */
    public Optional<String> key() {
        if (nonce != null) {
            return Optional.of("nonce " + nonce);
        }
        if (host != null) {
            return Optional.of("process " + host + " " + pid);
        }
        return token == null ? Optional.empty() : Optional.of("token " + token);
    }

    /** Whether the process is known, not only something that it sent. */
    public boolean isIdentified() {
        return nonce != null || host != null;
    }

    /** Whether anything is known of it. */
    public boolean isKnown() {
        return !equals(UNKNOWN);
    }

    /** One escaped clause: {@code host=app-12 pid=4411 since=...}; {@code unknown} if nothing is known. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        add(parts, "host", host);
        add(parts, "pid", pid < 0 ? null : Long.toString(pid));
        add(parts, "since", since == null ? null : since.toString());
        add(parts, "address", address);
        add(parts, "nonce", nonce);
        add(parts, "sdk", sdkVersion);
        add(parts, "correlation_id", token);
        return parts.isEmpty() ? "unknown" : String.join(" ", parts);
    }

    private static void add(List<String> parts, String key, @Nullable String value) {
        if (value != null) {
            String shown = Untrusted.escape(value);
            parts.add(key + "=" + (shown.indexOf(' ') < 0 ? shown : '"' + shown + '"'));
        }
    }
}
