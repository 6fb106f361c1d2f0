package io.holdfast.it.ha;

import io.holdfast.it.ha.FaultProxy.Cut;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection of a client through a {@link FaultProxy}, and the one to the broker that belongs to it; a thread for each direction. */
final class ProxiedLink {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int BUFFER = 64 << 10;

    private final Socket client;
    private final Socket broker = new Socket();
    private final InetSocketAddress target;
    private final Weather weather;
    private final Consumer<ProxiedLink> onGone;
    private final AtomicInteger directions = new AtomicInteger(2);

    private volatile boolean dead;

    ProxiedLink(Socket client, InetSocketAddress target, Weather weather, Consumer<ProxiedLink> onGone) {
        this.client = client;
        this.target = target;
        this.weather = weather;
        this.onGone = onGone;
    }

    void start() {
        FaultProxy.start("link", this::connectAndPump);
    }

    /** From now on nothing passes, and nothing ever will. */
    void die() {
        dead = true;
    }

    void cut(Cut how) {
        if (how == Cut.RST) {
            resetOnClose(client);
            resetOnClose(broker);
        }
        FaultProxy.closeQuietly(client);
        FaultProxy.closeQuietly(broker);
        onGone.accept(this);
    }

    private void connectAndPump() {
        try {
            weather.pass();
            if (weather.swallows()) {
                die(); // the client waits for an answer that does not come
                return;
            }
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            broker.connect(target, CONNECT_MILLIS);
        } catch (IOException | InterruptedException nobodyThere) {
            cut(Cut.RST);
            return;
        }
        FaultProxy.start("down", () -> pump(broker, client));
        pump(client, broker);
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                weather.pass();
                if (!dead) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
            weather.pass();
            if (!dead) {
                to.shutdownOutput();
            }
        } catch (IOException | InterruptedException reset) {
            passOnReset();
            return;
        }
        ended();
    }

    private void ended() {
        if (directions.decrementAndGet() == 0) {
            cut(Cut.FIN); // both sides have ended theirs: nobody sees it
        }
    }

    private void passOnReset() {
        try {
            weather.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (dead) {
            ended();
        } else {
            cut(Cut.RST);
        }
    }

    private static void resetOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closed) {
            // nothing left to reset
        }
    }
}
