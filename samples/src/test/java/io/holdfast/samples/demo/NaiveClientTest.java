package io.holdfast.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.samples.fake.CountingConnector;
import io.holdfast.samples.fake.MemoryBroker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NaiveClientTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("tcp://localhost:9007/amps/json");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MemoryBroker broker = new MemoryBroker();

    @AfterEach
    void shut_down() {
        broker.shutDown();
    }

    @Test
    void two_of_one_name_evict_each_other_without_end() throws Exception {
        CountingConnector connector = new CountingConnector(broker, 100);
        NaiveClient a = new NaiveClient(connector, ENDPOINT, LogonRequest.of("shared"));
        NaiveClient b = new NaiveClient(connector, ENDPOINT, LogonRequest.of("shared"));
        a.start();
        b.start();
        assertThat(connector.awaitConnects()).as("100 logons").isTrue();
        NaiveReport sawA = a.stop(TIMEOUT);
        NaiveReport sawB = b.stop(TIMEOUT);

        assertThat(sawA.logons() + sawB.logons()).isGreaterThanOrEqualTo(100);
        assertThat(sawA.endedByPeer()).isGreaterThan(10);
        assertThat(sawB.endedByPeer()).isGreaterThan(10);
        assertThat(sawA.ended(DisconnectCause.PEER_CLOSED)).isEqualTo(sawA.endedByPeer());
        // Each eviction of one is a logon of the other.
        assertThat(Math.abs(sawA.endedByPeer() - sawB.logons())).isLessThanOrEqualTo(1);
    }

    @Test
    void one_that_is_alone_stays_connected_until_it_is_stopped() throws Exception {
        CountingConnector connector = new CountingConnector(broker, 1);
        NaiveClient alone = new NaiveClient(connector, ENDPOINT, LogonRequest.of("alone"));
        alone.start();
        assertThat(connector.awaitConnects()).isTrue();
        NaiveReport saw = alone.stop(TIMEOUT);
        assertThat(saw.logons()).isEqualTo(1);
        assertThat(saw.endedByPeer()).isZero();
        assertThat(saw.ended(DisconnectCause.CLOSED_BY_APPLICATION)).isEqualTo(1);
    }
}
