package io.holdfast.client.connect;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Makes logged-on connections: the only way of a client out into the network.
 *
 * <p>Thread-safe. A connector may own threads (its event loops); {@link #close} ends them.
 */
public interface Connector extends AutoCloseable {

    /**
     * Resolves, connects, secures and logs on, all within {@link ConnectRequest#timeout()}.
     *
     * <p>Returns at once. The stage completes on the new connection's thread, before anything that connection delivers;
     * exceptionally with
     * {@link io.holdfast.client.error.ConnectFailedException} (DNS, TCP, TLS, the deadline, a close before the answer),
     * {@link io.holdfast.client.error.LogonRefusedException} (the broker said no), or
     * {@link io.holdfast.client.error.ProtocolException} (the peer does not speak the protocol). After a failure nothing
     * of the attempt is left: no socket, no timer.
     *
     * <p>Cancelling the stage's {@code toCompletableFuture()} abandons the attempt.
     */
    CompletionStage<Connection> connect(ConnectRequest request);

    /**
     * Closes every connection made here and ends the threads owned, waiting up to {@code timeout}. Idempotent.
     *
     * @return whether everything ended in time
     */
    boolean close(Duration timeout);

    /** {@link #close(Duration)} with five seconds. */
    @Override
    default void close() {
        close(Duration.ofSeconds(5));
    }
}
