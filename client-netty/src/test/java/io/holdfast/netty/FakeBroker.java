package io.holdfast.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ServerSocketFactory;

/**
 * A broker played by the test itself, on a real socket of the loopback: it accepts, reads and writes when the test says so.
 * No read waits longer than ten seconds.
 */
public final class FakeBroker implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket server;

    public FakeBroker() {
        this(ServerSocketFactory.getDefault());
    }

    public FakeBroker(ServerSocketFactory factory) {
        try {
            server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServerSocket server() {
        return server;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String uri() {
        return "tcp://127.0.0.1:" + port() + "/amps/json";
    }

    /** The next connection, without a word said yet. */
    public Peer accept() {
        try {
            Socket socket = server.accept();
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new Peer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next connection, its logon answered. */
    public Peer acceptLogon() {
        Peer peer = accept();
        assertThat(peer.read()).contains("\"c\":\"logon\"");
        peer.send(WireText.LOGON_ACK);
        return peer;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker's end of one connection. */
    public static final class Peer implements AutoCloseable {

        private final Socket socket;
        private final DataInputStream in;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        public Socket socket() {
            return socket;
        }

        /** The next frame, or {@code null} at the end of the stream. */
        public String read() {
            try {
                byte[] content = new byte[in.readInt()];
                in.readFully(content);
                return new String(content, UTF_8);
            } catch (EOFException e) {
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void send(String... frames) {
            try {
                for (String frame : frames) {
                    socket.getOutputStream().write(WireText.frame(frame));
                }
                socket.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Reads to the end, then closes: what a broker does when the client has ended its half. */
        public int drainAndClose() {
            int frames = 0;
            while (read() != null) {
                frames++;
            }
            close();
            return frames;
        }

        /** Closes with RST instead of FIN. */
        public void reset() {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                throw new UncheckedIOException(e);
            }
            close();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
