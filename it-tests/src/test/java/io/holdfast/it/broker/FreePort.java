package io.holdfast.it.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that nothing uses. Another program could take it before the broker does; the broker then says so and ends.
 *
 * <p>It is below the range from which systems take the ports of outgoing connections: a broker that is down for a while finds
 * it free when it comes back, and no client that knocks meanwhile connects to itself.
 */
final class FreePort {

    private static final int LEAST = 15_000;
    private static final int BOUND = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    static int next() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LEAST, BOUND);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException taken) {
                // the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no free port from " + LEAST + " to " + BOUND + " in " + TRIES + " tries");
    }
}
