package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.it.ha.FaultProxy.Cut;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the faults are the ones that the stories tell of. */
class FaultProxyTest {

    private static final int PATIENCE = 10_000;
    private static final int SILENCE = 200;

    private ServerSocket broker;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        broker.setSoTimeout(PATIENCE);
        proxy = FaultProxy.before(broker.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        broker.close();
    }

    @Test
    void bytes_and_ends_pass_in_both_directions() throws Exception {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            client.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');
            server.getOutputStream().write('b');
            assertThat(client.getInputStream().read()).isEqualTo('b');

            server.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void what_is_frozen_comes_with_the_thaw() throws Exception {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            proxy.freeze();
            server.getOutputStream().write('x');
            assertSilent(client);

            proxy.thaw();
            assertThat(client.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void an_unplugged_link_stays_dead_and_a_new_one_lives() throws Exception {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            proxy.unplug();
            server.getOutputStream().write('x');
            assertSilent(client);
            server.shutdownOutput();
            assertSilent(client);

            proxy.plugIn();
            assertSilent(client);
            try (Socket other = connect();
                    Socket otherServer = broker.accept()) {
                otherServer.getOutputStream().write('y');
                assertThat(other.getInputStream().read()).isEqualTo('y');
            }
        }
    }

    @Test
    void a_cut_is_an_end_or_a_reset() throws Exception {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            proxy.cut(Cut.FIN);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            server.setSoTimeout(PATIENCE);
            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket client = connect();
                Socket server = broker.accept()) {
            client.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a'); // the proxy knows of the link
            proxy.cut(Cut.RST);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void what_is_refused_is_refused_until_it_is_not() throws Exception {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        proxy.accept();
        try (Socket client = connect();
                Socket server = broker.accept()) {
            client.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void what_is_delayed_comes_later() throws Exception {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            proxy.delay(Duration.ofMillis(300));
            long sent = System.nanoTime();
            client.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    private Socket connect() throws IOException {
        URI uri = URI.create(proxy.uri());
        Socket client = new Socket(uri.getHost(), uri.getPort());
        client.setSoTimeout(PATIENCE);
        return client;
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(SILENCE);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE);
    }
}
