package io.holdfast.ha.internal.driver;

import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.spi.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads of a client's connection: a line for each transition that matters, but within one series of
 * failures the same line at most once a minute, with the count of those left out. A stable session ends the series, and so does
 * standing by: what comes after it is told. Codes and
 * fields are listed in {@code docs/log-events.md}. Confined to the driver's mailbox.
 */
final class TransitionLog {

    private static final Logger LOG = LoggerFactory.getLogger(HaDriver.class);
    private static final Duration EVERY = Duration.ofSeconds(60);

    private String clientName;
    private final Clock clock;
    private final Repeats connected = new Repeats(EVERY);
    private final Repeats lost = new Repeats(EVERY);
    private final Repeats failed = new Repeats(EVERY);
    private final Repeats hanging = new Repeats(EVERY);

    TransitionLog(String clientName, Clock clock) {
        this.clientName = Untrusted.escape(clientName);
        this.clock = clock;
    }

    void renamed(String name) {
        clientName = Untrusted.escape(name);
    }

    void told(StateChange change) {
        LOG.debug(
                "client_name={} from={} to={} server={} attempt={}",
                clientName,
                change.from(),
                change.to(),
                server(change.endpoint()),
                change.attempt());
        Disconnect disconnect = change.disconnect();
        MessagingException failure = change.failure();
        if (change.to() == ClientState.STABLE) {
            endSeries();
        } else if (change.to() == ClientState.PROBATION) {
            connected(change);
        } else if (disconnect != null) {
            lost(change, disconnect);
        } else if (change.to() == ClientState.FAILED && failure != null) {
            gaveUp(change, failure);
        } else if (change.to() == ClientState.BACKOFF && failure != null) {
            failed(change, failure);
        } else if (change.to() == ClientState.CLOSED) {
            LOG.info("HF-2205 client-closed client_name={} from={}", clientName, change.from());
        }
        if (change.to() == ClientState.STANDBY) {
            endSeries();
        }
    }

    private void connected(StateChange change) {
        if (connected.isDue(clock.nanoTime())) {
            LOG.info(
                    "HF-2201 connected client_name={} server={} attempt={} repeated={}",
                    clientName,
                    server(change.endpoint()),
                    change.attempt(),
                    connected.takeLeftOut());
        }
    }

    private void lost(StateChange change, Disconnect disconnect) {
        if (lost.isDue(clock.nanoTime())) {
            LOG.warn(
                    "HF-2202 connection-lost client_name={} server={} cause={} lifetime_ms={} next={} attempt={}"
                            + " delay_ms={} repeated={} detail=\"{}\"",
                    clientName,
                    server(change.endpoint()),
                    disconnect.cause(),
                    disconnect.lifetime().toMillis(),
                    change.to(),
                    change.attempt(),
                    change.delay().toMillis(),
                    lost.takeLeftOut(),
                    Untrusted.escape(disconnect.describe()));
        }
    }

    private void failed(StateChange change, MessagingException failure) {
        if (failed.isDue(clock.nanoTime())) {
            LOG.warn(
                    "HF-2203 connect-failed client_name={} server={} attempt={} delay_ms={} repeated={} detail=\"{}\"",
                    clientName,
                    server(change.endpoint()),
                    change.attempt(),
                    change.delay().toMillis(),
                    failed.takeLeftOut(),
                    Untrusted.escape(failure.getMessage()));
        }
    }

    private void gaveUp(StateChange change, MessagingException failure) {
        LOG.error(
                "HF-2204 gave-up client_name={} server={} attempt={} detail=\"{}\"",
                clientName,
                server(change.endpoint()),
                change.attempt(),
                Untrusted.escape(failure.getMessage()));
    }

    /** A connection that is being closed, or an attempt that was abandoned, did not end in time. */
    void closeHangs(Endpoint endpoint) {
        if (hanging.isDue(clock.nanoTime())) {
            LOG.warn(
                    "HF-2206 old-link-hangs client_name={} server={} repeated={}",
                    clientName,
                    endpoint.address(),
                    hanging.takeLeftOut());
        }
    }

    private void endSeries() {
        connected.reset();
        lost.reset();
        failed.reset();
        hanging.reset();
    }

    private static String server(@Nullable Endpoint endpoint) {
        return endpoint == null ? "-" : endpoint.address();
    }
}
