package io.holdfast.client.connect;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.Limits;
import io.holdfast.client.Tls;
import java.time.Duration;

/**
 * Everything one connection attempt needs; immutable.
 *
 * @param endpoint where to
 * @param logon who we are
 * @param timeout the one deadline over DNS, TCP, TLS and logon; positive
 * @param heartbeat how silence is noticed once logged on
 * @param limits the bounds on what is buffered
 * @param tls how a {@code tcps} endpoint is secured
 * @param sink where the connection delivers to
 */
public record ConnectRequest(
        Endpoint endpoint,
        LogonRequest logon,
        Duration timeout,
        Heartbeat heartbeat,
        Limits limits,
        Tls tls,
        InboundSink sink) {

    /** Validates the deadline. */
    public ConnectRequest {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is positive, not " + timeout);
        }
    }
}
