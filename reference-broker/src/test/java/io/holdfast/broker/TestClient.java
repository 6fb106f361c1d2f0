package io.holdfast.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The protocol by hand, over a plain socket: it shares no line with any codec. Every read has a deadline of ten seconds. */
final class TestClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    TestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(DEADLINE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    static TestClient connect(ReferenceBroker broker) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()), DEADLINE_MILLIS);
            socket.setTcpNoDelay(true);
            return new TestClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that is logged on under this name. */
    static TestClient named(ReferenceBroker broker, String name) {
        TestClient client = connect(broker);
        Received ack = client.logon(name, "");
        if (!ack.text("status").equals("success")) {
            throw new AssertionError("logon refused: " + ack);
        }
        return client;
    }

    /** Logs on with more header fields, {@code ,"x":"token"}, and returns the answer. */
    Received logon(String name, String more) {
        return ask("{\"c\":\"logon\",\"cid\":\"0\",\"client_name\":\"" + name + "\",\"a\":\"processed\"" + more + "}");
    }

    /** Subscribes and returns the answer. */
    Received subscribe(String subId, String topic) {
        return ask("{\"c\":\"subscribe\",\"cid\":\"s-" + subId + "\",\"sub_id\":\"" + subId + "\",\"t\":\"" + topic
                + "\",\"a\":\"processed\"}");
    }

    /** Publishes with a sequence and asks for a persisted ack. */
    void publish(String topic, long sequence, String body) {
        send("{\"c\":\"p\",\"t\":\"" + topic + "\",\"s\":" + sequence + ",\"a\":\"persisted\"}" + body);
    }

    /** Sends a flush and returns its answer; nothing else may come before it. */
    Received flush() {
        return ask("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
    }

    Received ask(String frame) {
        send(frame);
        return read();
    }

    void send(String frame) {
        send(frame.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] frame) {
        sendRaw(ByteBuffer.allocate(4 + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array());
    }

    void sendRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame. */
    Received read() {
        try {
            byte[] content = new byte[in.readInt()];
            in.readFully(content);
            return Received.of(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame that is one of these; others are skipped. */
    Received read(Predicate<Received> wanted) {
        Received next = read();
        while (!wanted.test(next)) {
            next = read();
        }
        return next;
    }

    /** Waits until the broker closes; true if not a single byte came before. */
    boolean isClosedWithoutAWord() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (EOFException | SocketException closed) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing comes within a moment. */
    boolean isQuiet(int millis) {
        try {
            socket.setSoTimeout(millis);
            in.readInt();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            restoreTimeout();
        }
    }

    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restoreTimeout() {
        try {
            socket.setSoTimeout(DEADLINE_MILLIS);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame: its header as JSON, its body as text. */
    record Received(JsonNode header, String body) {

        static Received of(byte[] content) throws IOException {
            int end = 0;
            boolean quoted = false;
            for (; end < content.length; end++) {
                byte b = content[end];
                if (quoted && b == '\\') {
                    end++;
                } else if (b == '"') {
                    quoted = !quoted;
                } else if (!quoted && b == '}') {
                    break;
                }
            }
            return new Received(
                    JSON.readTree(content, 0, end + 1),
                    new String(content, end + 1, content.length - end - 1, StandardCharsets.UTF_8));
        }

        String text(String key) {
            return header.path(key).asText();
        }

        boolean isPersisted() {
            return isAck("persisted");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isAck(String type) {
            return text("c").equals("ack") && text("a").equals(type);
        }
    }
}
