package io.holdfast.ha.sim;

import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which endpoint leads to which broker, what every connection suffers on the way, and all connections that are open. */
final class SimNetwork {

    private static final long USUAL_LATENCY_NANOS = 1_000_000;

    private final SimWorld world;
    private final SplittableRandom random;
    private final Map<String, SimServer> servers = new LinkedHashMap<>();
    private final List<SimAttempt> open = new ArrayList<>();
    private long latencyNanos = USUAL_LATENCY_NANOS;
    private long lingerNanos;
    private long overrunNanos;
    private long lastLink;
    private Consumer<SimLink> onLink = link -> {};

    SimNetwork(SimWorld world) {
        this.world = world;
        this.random = world.random();
    }

    SimWorld world() {
        return world;
    }

    SplittableRandom random() {
        return random;
    }

    /** One way, on average. */
    void latency(long nanos) {
        latencyNanos = nanos;
    }

    /** From now on as fast as usual. */
    void usualLatency() {
        latencyNanos = USUAL_LATENCY_NANOS;
    }

    /** Whether everything takes longer on the way than usual. */
    boolean isSlow() {
        return latencyNanos > USUAL_LATENCY_NANOS;
    }

    long latencyNanos() {
        return latencyNanos;
    }

    /** How long a peer takes to see that it is closed; a client that closes waits for it as long as it was told to. */
    void linger(long nanos) {
        lingerNanos = nanos;
    }

    long lingerNanos() {
        return lingerNanos;
    }

    /** How much longer than it was told to a client's transport may wait for such a peer: more than its contract allows. */
    void overrun(long nanos) {
        overrunNanos = nanos;
    }

    long overrunNanos() {
        return overrunNanos;
    }

    /** Puts a broker on the network. */
    Endpoint listen(SimBroker broker) {
        SimServer server = new SimServer(broker);
        Endpoint endpoint = endpoint(server);
        servers.put(endpoint.address(), server);
        return endpoint;
    }

    /** Where it listens. */
    Endpoint endpoint(SimServer server) {
        return Endpoint.parse("tcp://" + server.broker().name() + ":9007/amps/json");
    }

    /** What stands behind an address, if something does. */
    @Nullable
    SimServer server(Endpoint endpoint) {
        return servers.get(endpoint.address());
    }

    /** Everything on the network, in the order in which it was put there. */
    List<SimServer> servers() {
        return List.copyOf(servers.values());
    }

    /** The transport of a process. */
    Connector connector(SimProcess process) {
        return new SimConnector(this, process);
    }

    /** Has a look at each TCP connection as soon as there is one. */
    void onLink(Consumer<SimLink> look) {
        onLink = look;
    }

    void made(SimLink link) {
        onLink.accept(link);
    }

    long nextLink() {
        return ++lastLink;
    }

    /** Attempts and connections that a client has not seen the end of, oldest first. */
    List<SimAttempt> open() {
        return List.copyOf(open);
    }

    void opened(SimAttempt attempt) {
        for (SimAttempt other : open) {
            boolean control = attempt.clientName().contains("~diag-"); // one may end while the next one begins
            if (!control
                    && !other.isOverdue() // what its transport does not close in time is not waited for any longer
                    && other.process() == attempt.process()
                    && other.clientName().equals(attempt.clientName())) {
                world.violation("two links of one client are open: " + attempt + " and " + other);
            }
        }
        open.add(attempt);
    }

    void ended(SimAttempt attempt) {
        open.remove(attempt);
    }
}
