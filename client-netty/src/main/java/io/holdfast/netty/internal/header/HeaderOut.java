package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.client.message.AckType;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes whole fields of a header, each with the comma before it, in the spelling of the published traces. Without state. */
final class HeaderOut {

    private static final byte[][] KEYS = keys();

    private HeaderOut() {}

    /** Begins a header with its command; every field after it brings its own comma. */
    static void begin(ByteBuf out, String command) {
        out.writeByte('{');
        out.writeBytes(KEYS[HeaderField.CMD.slot()], 1, KEYS[HeaderField.CMD.slot()].length - 1);
        quoted(out, command);
    }

    static void end(ByteBuf out) {
        out.writeByte('}');
    }

    /** Writes a text, nothing if it is null. */
    static void text(ByteBuf out, HeaderField field, @Nullable String value) {
        if (value != null) {
            key(out, field);
            quoted(out, value);
        }
    }

    /** Writes a number, nothing if it is negative. */
    static void number(ByteBuf out, HeaderField field, long value) {
        if (value >= 0) {
            key(out, field);
            JsonOut.number(out, value);
        }
    }

    /** Writes a command id, which is a string on the wire; nothing if it is negative. */
    static void commandId(ByteBuf out, long value) {
        if (value >= 0) {
            key(out, HeaderField.CMD_ID);
            out.writeByte('"');
            JsonOut.number(out, value);
            out.writeByte('"');
        }
    }

    /** Writes the acks asked for, nothing if there are none. */
    static void acks(ByteBuf out, Collection<AckType> acks) {
        if (acks.isEmpty()) {
            return;
        }
        key(out, HeaderField.ACK_TYPE);
        char before = '"';
        for (AckType ack : acks) {
            out.writeByte(before);
            JsonOut.text(out, ack.word());
            before = ',';
        }
        out.writeByte('"');
    }

    static void key(ByteBuf out, HeaderField field) {
        out.writeBytes(KEYS[field.slot()]);
    }

    private static void quoted(ByteBuf out, String value) {
        out.writeByte('"');
        JsonOut.text(out, value);
        out.writeByte('"');
    }

    private static byte[][] keys() {
        HeaderField[] fields = HeaderField.values();
        byte[][] keys = new byte[fields.length][];
        for (HeaderField field : fields) {
            // the published traces of logons spell this one out
            String key = field == HeaderField.VERSION ? field.longKey() : field.shortKey();
            keys[field.slot()] = (",\"" + key + "\":").getBytes(US_ASCII);
        }
        return keys;
    }
}
