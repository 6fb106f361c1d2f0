package io.holdfast.ha.internal.driver;

import static java.util.Objects.requireNonNull;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.reconnect.EndpointSelector;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the back-off and the endpoint selector, which may be the application's. What they throw is logged, and something
 * harmless done in their place: their mistake must not end the client. Confined to the driver, but for {@link #current()}.
 */
final class Choices {

    private static final Logger LOG = LoggerFactory.getLogger(Choices.class);

    private final IntervalFunction backOff;
    private final EndpointSelector endpoints;
    private final Clock clock;
    private volatile Endpoint current;

    Choices(IntervalFunction backOff, EndpointSelector endpoints, Clock clock) {
        this.backOff = backOff;
        this.endpoints = endpoints;
        this.clock = clock;
        this.current = endpoints.endpoints().iterator().next();
    }

    /** The delay of this number in its series, from 1. */
    long delayNanos(int number) {
        try {
            return TimeUnit.MILLISECONDS.toNanos(Math.max(0, backOff.apply(number)));
        } catch (RuntimeException | Error e) {
            LOG.error("HF-1015 internal-error detail=\"the back-off function failed\"", e);
            return BackOff.DEFAULT_MAX.toNanos();
        }
    }

    /** Chooses the endpoint of the next attempt. */
    void next(boolean same) {
        try {
            current = requireNonNull(endpoints.next(same, clock.instant()), "the next endpoint");
        } catch (RuntimeException | Error e) {
            LOG.error("HF-1015 internal-error detail=\"the endpoint selector failed\"", e);
        }
    }

    /** The endpoint of the attempt: the last one, or the one that is about to begin. */
    Endpoint current() {
        return current;
    }

    /** Tells what became of it. */
    void tell(@Nullable MessagingException failure) {
        try {
            if (failure == null) {
                endpoints.succeeded(current);
            } else {
                endpoints.failed(current, failure);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("HF-1015 internal-error detail=\"the endpoint selector failed\"", e);
        }
    }
}
