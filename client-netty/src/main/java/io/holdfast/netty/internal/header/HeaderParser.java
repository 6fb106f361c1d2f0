package io.holdfast.netty.internal.header;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers: one flat JSON object at the start of a frame (or of a record within a {@code sow} frame).
 *
 * <p>Tolerant where the protocol's text leaves room: both spellings of a key, unknown keys, numbers with and without quotes,
 * white space wherever JSON allows it. Of a key that comes twice the last value counts, whatever the spelling; {@code null}
 * means absent. Strict where it does not: a nested value, a broken escape, bytes that are not UTF-8, a number that is none.
 *
 * <p>The header is copied out of the (usually direct) buffer into an array first: one copy costs less than a checked access
 * per byte. One parser per connection, with the topics and subscription ids seen there. Confined to the event loop.
 */
public final class HeaderParser {

    private final JsonText strings = new JsonText();
    private final HeaderValues values = new HeaderValues();

    private byte[] bytes = {};
    private int limit;
    private int base;

    /**
     * Reads the header of one frame; what follows it is the payload.
     *
     * @param buffer where the frame lies; read by index, its own indexes stay as they are
     * @param index where the frame's content begins
     * @param length the length of the content
     * @param into becomes a view of this frame, with a copy of its header
     * @throws ProtocolException naming what is wrong and at which byte of the frame
     */
    public void parse(ByteBuf buffer, int index, int length, InboundFrame into) {
        int headerLength = parseHeader(buffer, index, length, 0, into.fields());
        values.resolve(into);
        into.body(buffer, index + headerLength, length - headerLength);
    }

    /**
     * Reads the header of one record of a {@code sow} frame.
     *
     * @param start where in the frame the record begins
     * @param into becomes a view of this record, with type, topic and ids of {@code outer}
     * @return where in the frame the record ends
     */
    int parseRecord(ByteBuf buffer, int index, int length, int start, InboundFrame outer, InboundFrame into) {
        HeaderFields fields = into.fields();
        int headerLength = parseHeader(buffer, index + start, length - start, start, fields);
        if (!fields.has(HeaderField.MSG_LEN)) {
            throw new ProtocolException(Violation.MISSING_FIELD, start, "a sow record without its length");
        }
        long bodyLength = fields.number(HeaderField.MSG_LEN, 0);
        int bodyStart = start + headerLength;
        if (bodyLength > length - bodyStart) {
            throw new ProtocolException(
                    Violation.BAD_FIELD,
                    (long) start + fields.start(HeaderField.MSG_LEN),
                    "a sow record of " + bodyLength + " bytes where " + (length - bodyStart) + " are left");
        }
        values.checkBookmark(fields, start);
        into.recordOf(outer);
        into.body(buffer, index + bodyStart, (int) bodyLength);
        return bodyStart + (int) bodyLength;
    }

    /** Returns the length of the header. */
    private int parseHeader(ByteBuf buffer, int index, int length, int newBase, HeaderFields fields) {
        base = newBase;
        fields.clear();
        int copied = Math.min(length, fields.likelySize());
        while (true) {
            bytes = fields.bytes(copied);
            limit = copied;
            buffer.getBytes(index, bytes, 0, copied);
            bytes[copied] = 0; // no part of any header: it ends every search without a look at the limit
            strings.reset(bytes, limit, base);
            try {
                return object(fields);
            } catch (ProtocolException error) {
                if (error.violation() != Violation.TRUNCATED_HEADER || copied == length) {
                    throw error;
                }
                fields.clear();
                copied = (int) Math.min(length, 8L * copied); // a header of unusual size: once more with more of it
            }
        }
    }

    private int object(HeaderFields fields) {
        int at = skipBlank(expect('{', skipBlank(0)));
        if (bytes[at] == '}') {
            return at + 1;
        }
        while (true) {
            int key = expect('"', at);
            HeaderField field = bytes[key + 1] == '"' ? HeaderField.ofLetter(bytes[key]) : null;
            if (field != null) {
                at = key + 2;
            } else {
                at = strings.read(key);
                field = HeaderField.find(bytes, key, strings.end());
            }
            at = value(skipBlank(expect(':', skipBlank(at))), field, fields);
            at = skipBlank(at);
            if (bytes[at] == '}') {
                return at + 1;
            }
            if (bytes[at] != ',') {
                throw malformed(at, "neither ',' nor '}' after a value");
            }
            at = skipBlank(at + 1);
        }
    }

    /** Reads one value; returns where it ends. */
    private int value(int at, @Nullable HeaderField field, HeaderFields fields) {
        byte first = bytes[at];
        if (first == '"') {
            int next = strings.read(at + 1);
            store(field, at + 1, strings.end(), fields);
            return next;
        }
        if (first == '-' || (first >= '0' && first <= '9')) {
            int end = JsonNumber.end(bytes, at);
            if (end < 0) {
                throw malformed(~end >= limit ? limit : at, "not a number");
            }
            store(field, at, end, fields);
            return end;
        }
        return switch (first) {
            case 't' -> flag("true", at, field);
            case 'f' -> flag("false", at, field);
            case 'n' -> nothing(at, field, fields);
            case '{', '[' -> throw malformed(at, "a nested value in a flat header");
            default -> throw malformed(at, "not a value");
        };
    }

    private void store(@Nullable HeaderField field, int start, int end, HeaderFields fields) {
        if (field == null) {
            return;
        }
        if (!field.isNumber()) {
            fields.set(field, start, end);
            return;
        }
        long number = JsonNumber.wholeNumber(bytes, start, end);
        if (number < 0) {
            throw new ProtocolException(
                    Violation.BAD_FIELD,
                    (long) base + start,
                    "'" + field.longKey() + "' is not a whole number from 0 to " + Long.MAX_VALUE);
        }
        fields.set(field, start, end, number);
    }

    private int flag(String word, int at, @Nullable HeaderField field) {
        int end = word(word, at);
        if (field != null) {
            throw new ProtocolException(
                    Violation.BAD_FIELD, (long) base + at, "'" + field.longKey() + "' cannot be " + word);
        }
        return end;
    }

    private int nothing(int at, @Nullable HeaderField field, HeaderFields fields) {
        if (field != null) {
            fields.remove(field);
        }
        return word("null", at);
    }

    private int word(String word, int at) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                throw malformed(at + i, "not a value");
            }
        }
        return at + word.length();
    }

    private int skipBlank(int from) {
        int at = from;
        while (bytes[at] <= ' ' && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int expect(char wanted, int at) {
        if (bytes[at] != wanted) {
            throw malformed(at, "no '" + wanted + "' where one belongs");
        }
        return at + 1;
    }

    /** What is wrong at {@code at}: behind the last byte only that there is none. */
    private ProtocolException malformed(int at, String what) {
        return at >= limit
                ? new ProtocolException(
                        Violation.TRUNCATED_HEADER, (long) base + limit, "the frame ends within its header")
                : new ProtocolException(Violation.MALFORMED_HEADER, (long) base + at, what);
    }
}
