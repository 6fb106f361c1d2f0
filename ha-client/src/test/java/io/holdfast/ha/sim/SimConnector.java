package io.holdfast.ha.sim;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The transport of one simulated process. */
final class SimConnector implements Connector {

    private final SimNetwork network;
    private final SimProcess process;
    private final SimThread io;

    SimConnector(SimNetwork network, SimProcess process) {
        this.network = network;
        this.process = process;
        this.io = process.thread("io");
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        SimAttempt attempt = new SimAttempt(network, process, io, request);
        attempt.begin();
        return attempt.result();
    }

    @Override
    public boolean close(Duration timeout) {
        network.open().stream()
                .filter(attempt -> attempt.process() == process)
                .forEach(attempt -> attempt.close(timeout));
        return true;
    }
}
