package io.holdfast.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** Frames as a test writes and reads them: text, with the length in front. */
public final class WireText {

    /** The broker's answer to a logon. */
    public static final String LOGON_ACK =
            "{\"c\":\"ack\",\"cid\":\"0\",\"s\":7,\"client_name\":\"alice\",\"a\":\"processed\",\"status\":\"success\","
                    + "\"version\":\"broker-1\"}";

    private WireText() {}

    public static byte[] frame(String content) {
        byte[] bytes = content.getBytes(UTF_8);
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    public static ByteBuf buffer(String... contents) {
        ByteBuf out = Unpooled.buffer();
        for (String content : contents) {
            out.writeBytes(frame(content));
        }
        return out;
    }

    public static String ack(String cid, String type, String status) {
        return "{\"c\":\"ack\",\"cid\":\"" + cid + "\",\"a\":\"" + type + "\",\"status\":\"" + status + "\"}";
    }

    public static String message(String topic, String body) {
        return "{\"c\":\"p\",\"t\":\"" + topic + "\",\"sids\":\"1\"}" + body;
    }

    /** The value of a header field, or {@code null}: good enough for the flat headers that we write. */
    public static String field(String frame, String key) {
        String quoted = "\"" + key + "\":";
        int at = frame.indexOf(quoted);
        if (at < 0) {
            return null;
        }
        String rest = frame.substring(at + quoted.length());
        return rest.startsWith("\"") ? rest.substring(1, rest.indexOf('"', 1)) : rest.split("[,}]", 2)[0];
    }
}
