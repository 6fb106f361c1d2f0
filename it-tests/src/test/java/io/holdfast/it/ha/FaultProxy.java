package io.holdfast.it.ha;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a broker that misbehaves on demand: a TCP proxy on a port of its own, with two threads for each
 * connection. Thread-safe.
 *
 * <pre>
 * client --&gt; :{@link #uri} accept --&gt; {@link ProxiedLink} --&gt; {@link Weather} (delay, freeze, swallow) --&gt; broker
 *              | refused                | cut with FIN or RST
 * </pre>
 */
final class FaultProxy implements AutoCloseable {

    /** How a connection is cut. */
    enum Cut {
        /** In good order, as by a program that ends. */
        FIN,
        /** By a reset, as by a firewall that has forgotten it. */
        RST
    }

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 50;

    private final Weather weather = new Weather();
    private final Set<ProxiedLink> links = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress target;
    private final int port;

    /** Under this object's lock; closed while connections are refused. */
    private ServerSocket listening;

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, BACKLOG, LOOPBACK);
        this.port = listening.getLocalPort();
        acceptFrom(listening);
    }

    /** One that leads to this port of the loopback interface. */
    static FaultProxy before(int port) {
        try {
            return new FaultProxy(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. */
    String uri() {
        return "tcp://127.0.0.1:" + port + "/amps/json";
    }

    /** What is read from now on is passed on so much later; zero to end that. */
    void delay(Duration delay) {
        weather.delay(delay);
    }

    /** Nothing passes, ends of connections neither, until {@link #thaw()}: then everything does. */
    void freeze() {
        weather.freeze();
    }

    /** Takes {@link #freeze()} back. */
    void thaw() {
        weather.thaw();
    }

    /** What is sent vanishes, ends of connections too. Connections that are there now, or are made meanwhile, stay dead for ever. */
    void unplug() {
        weather.swallow(true);
        links.forEach(ProxiedLink::die);
    }

    /** Takes {@link #unplug()} back for connections that are made from now on. */
    void plugIn() {
        weather.swallow(false);
    }

    /** Ends every connection, on both sides; new ones are accepted. */
    void cut(Cut how) {
        links.forEach(link -> link.cut(how));
    }

    /** New connections are refused, until {@link #accept()}; those that are there stay. */
    synchronized void refuse() {
        closeQuietly(listening);
    }

    /** Takes {@link #refuse()} back. */
    synchronized void accept() {
        try {
            ServerSocket again = new ServerSocket();
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
            listening = again;
            acceptFrom(again);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends everything; its threads end by themselves. */
    @Override
    public void close() {
        refuse();
        weather.close();
        cut(Cut.RST);
    }

    private void acceptFrom(ServerSocket from) {
        start("accept", () -> {
            while (!from.isClosed()) {
                try {
                    Socket client = from.accept();
                    ProxiedLink link = new ProxiedLink(client, target, weather, links::remove);
                    links.add(link);
                    link.start();
                } catch (IOException closed) {
                    // by refuse(), or an accepted connection was gone at once
                }
            }
        });
    }

    static void start(String what, Runnable task) {
        Thread thread = new Thread(task, "fault-proxy-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // it is closed all the same
        }
    }
}
