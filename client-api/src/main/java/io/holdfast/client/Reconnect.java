package io.holdfast.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client does when it loses its connection, or gets none: part of {@link ClientOptions}, immutable.
 *
 * <p>How long it waits between attempts, and which server is next, is the business of the client's back-off and endpoint selector.
 */
public final class Reconnect {

    /** How long a session has to last to be stable, unless said otherwise. */
    public static final Duration DEFAULT_STABLE_AFTER = Duration.ofSeconds(60);

    private static final Reconnect NEVER = new Reconnect(false, null, null, DEFAULT_STABLE_AFTER);
    private static final Reconnect ALWAYS = new Reconnect(true, null, null, DEFAULT_STABLE_AFTER);

    private final boolean on;
    private final @Nullable Integer maxAttempts;
    private final @Nullable Duration maxOutage;
    private final Duration stableAfter;

    private Reconnect(boolean on, @Nullable Integer maxAttempts, @Nullable Duration maxOutage, Duration stableAfter) {
        this.on = on;
        this.maxAttempts = maxAttempts;
        this.maxOutage = maxOutage;
        this.stableAfter = stableAfter;
    }

    /** One connection: a failed attempt fails the call of connect, a lost connection ends the client. */
    public static Reconnect never() {
        return NEVER;
    }

    /** It connects again, for as long as it takes. The default of {@link ClientOptions}. */
    public static Reconnect always() {
        return ALWAYS;
    }

    /**
     * This, but giving up after so many attempts without a stable session between them; 1 or more. Without it, attempts have no end.
     *
     * <p>Sessions that another program of the same name ends count too: with fewer than 10, a client may give up before it has
     * found out who that is, and one that stands by ends when it tries to take the name over.
     *
     * @throws IllegalStateException if this is {@link #never()}
     */
    public Reconnect maxAttempts(int value) {
        checkOn();
        if (value < 1) {
            throw new IllegalArgumentException("maxAttempts is 1 or more, not " + value);
        }
        return new Reconnect(true, value, maxOutage, stableAfter);
    }

    /**
     * This, but giving up when there has been no connection for so long; positive. The time runs from the call of connect, or
     * from the loss of a connection that was in use, to the moment when the next one is. Without it, an outage has no bound.
     *
     * @throws IllegalStateException if this is {@link #never()}
     */
    public Reconnect maxOutage(Duration value) {
        checkOn();
        positive("maxOutage", value);
        return new Reconnect(true, maxAttempts, value, stableAfter);
    }

    /** This, with another time after which a session is stable; positive, default 60 s. */
    public Reconnect stableAfter(Duration value) {
        positive("stableAfter", value);
        return new Reconnect(on, maxAttempts, maxOutage, value);
    }

    /** Whether it connects again. */
    public boolean isOn() {
        return on;
    }

    /** The most attempts without a stable session; {@code null} for no bound. */
    public @Nullable Integer maxAttempts() {
        return maxAttempts;
    }

    /** The longest outage; {@code null} for no bound. */
    public @Nullable Duration maxOutage() {
        return maxOutage;
    }

    /** How long a session has to last to be stable. */
    public Duration stableAfter() {
        return stableAfter;
    }

    private void checkOn() {
        if (!on) {
            throw new IllegalStateException("Reconnect.never() makes one attempt: only always() can give up");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        String bounds = (maxAttempts == null ? "" : " maxAttempts=" + maxAttempts)
                + (maxOutage == null ? "" : " maxOutage=" + maxOutage);
        return on ? "always" + bounds + " stableAfter=" + stableAfter : "never";
    }
}
