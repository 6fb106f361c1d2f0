package io.holdfast.ha.identity;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.internal.identity.StampCodec;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, as it tells the broker in the correlation id of its logon: {@code HF1} and base64 of at most 300 bytes. It
 * shows in the broker's log and in ClientStatus, where a rival for the name reads it.
 *
 * <p>It carries no secret, and no proof: anybody can write one. Text in a stamp that was received is untrusted.
 *
 * @param nonce tells the process from every other: 16 hexadecimal digits, lower case
 * @param host its host, at most {@value #MAX_HOST_LENGTH} bytes; {@code null} if not disclosed
 * @param pid its process id, -1 if not disclosed
 * @param processStart when it started, by its own clock; {@code null} if not disclosed
 * @param establishedSince since when it holds the name, by its own clock; {@code null} if not disclosed
 * @param prefersNewest whether it wants the newest of two rivals to keep the name, which holds only if both want it
 * @param sdkVersion the version of its SDK; {@code null} if not disclosed
 * @param application the application's own correlation id, at most {@value #MAX_APPLICATION_LENGTH} characters;
 *     {@code null} if it set none
 */
public record IdentityStamp(
        String nonce,
        @Nullable String host,
        long pid,
        @Nullable Instant processStart,
        @Nullable Instant establishedSince,
        boolean prefersNewest,
        @Nullable String sdkVersion,
        @Nullable CorrelationId application) {

    /** The longest host name in a stamp, in bytes; a longer one is cut. */
    public static final int MAX_HOST_LENGTH = 64;

    /** The longest SDK version in a stamp, in bytes; a longer one is cut. */
    public static final int MAX_VERSION_LENGTH = 24;

    /** The longest correlation id of an application's own. */
    public static final int MAX_APPLICATION_LENGTH = 64;

    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{16}");

    /** Validates the nonce and the application's own correlation id. */
    public IdentityStamp {
        if (!NONCE.matcher(requireNonNull(nonce, "nonce")).matches()) {
            throw new IllegalArgumentException("a nonce has 16 hexadecimal digits, lower case");
        }
        if (application != null && application.value().length() > MAX_APPLICATION_LENGTH) {
            throw new IllegalArgumentException("the application's correlation id has at most " + MAX_APPLICATION_LENGTH
                    + " characters beside the SDK's own, not "
                    + application.value().length());
        }
    }

    /** A stamp that says nothing else. */
    public static IdentityStamp ofNonce(String nonce) {
        return new IdentityStamp(nonce, null, -1, null, null, false, null, null);
    }

    /** This with the process disclosed. */
    public IdentityStamp withProcess(String host, long pid, Instant start) {
        return new IdentityStamp(nonce, host, pid, start, establishedSince, prefersNewest, sdkVersion, application);
    }

    /** This with the time since which the name is held. */
    public IdentityStamp withEstablishedSince(@Nullable Instant value) {
        return new IdentityStamp(nonce, host, pid, processStart, value, prefersNewest, sdkVersion, application);
    }

    /** This with another preference. */
    public IdentityStamp withPrefersNewest(boolean value) {
        return new IdentityStamp(nonce, host, pid, processStart, establishedSince, value, sdkVersion, application);
    }

    /** This with the SDK's version. */
    public IdentityStamp withSdkVersion(@Nullable String value) {
        return new IdentityStamp(nonce, host, pid, processStart, establishedSince, prefersNewest, value, application);
    }

    /** This with the application's own correlation id. */
    public IdentityStamp withApplication(@Nullable CorrelationId value) {
        return new IdentityStamp(nonce, host, pid, processStart, establishedSince, prefersNewest, sdkVersion, value);
    }

    /** The correlation id to log on with. */
    public CorrelationId toCorrelationId() {
        return StampCodec.encode(this);
    }

    /**
     * The stamp in a correlation id that somebody sent; empty if it is anything else, which is to be shown as opaque text.
     * Never throws.
     */
    public static Optional<IdentityStamp> parse(@Nullable String correlationId) {
        return StampCodec.decode(correlationId);
    }
}
