package io.holdfast.broker.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Reads the header at the front of a frame with Jackson's streaming parser. Tolerant as the protocol text asks: both spellings of a
 * key, unknown keys, numbers quoted or not, white space. Strict about the rest: one flat object, strict UTF-8, integers that fit.
 */
public final class HeaderReader {

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,20}");

    // Without detection of the charset: a header is UTF-8, and a zero byte must not turn it into UTF-16.
    private final JsonFactory json =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    /**
     * Splits a frame into header and body.
     *
     * @param content the frame without its length field; kept by the result
     * @throws ProtocolException saying what is wrong and where
     */
    public Frame read(byte[] content) {
        if (content.length == 0) {
            throw new ProtocolException(Violation.EMPTY_FRAME, -1, "a frame without a byte");
        }
        try (JsonParser parser = json.createParser(content)) {
            return read(parser, content);
        } catch (JsonProcessingException e) {
            throw malformed(e, content);
        } catch (IOException e) {
            // Jackson reports a bad encoding deep inside a string this way; there is no other I/O in an array.
            long bad = Utf8.firstMalformed(content, content.length);
            if (bad >= 0) {
                throw new ProtocolException(Violation.BAD_UTF8, bad, "the header is not UTF-8", e);
            }
            throw new UncheckedIOException(e);
        }
    }

    private static Frame read(JsonParser parser, byte[] content) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw at(parser, Violation.MALFORMED_HEADER, "a frame begins with a JSON object");
        }
        Header.Builder header = new Header.Builder();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            Field field = Field.of(key);
            JsonToken value = parser.nextToken();
            if (value == null || !value.isScalarValue()) {
                throw at(
                        parser, Violation.MALFORMED_HEADER, "a header is flat, '" + Untrusted.escape(key) + "' is not");
            }
            if (field == null) {
                parser.getText(); // reads it to its end, so that it is checked
            } else if (value != JsonToken.VALUE_NULL) {
                header.set(field, text(parser, field, value));
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw at(parser, Violation.MALFORMED_HEADER, "a key or the end of the header was expected");
        }
        int end = (int) parser.currentLocation().getByteOffset();
        long bad = Utf8.firstMalformed(content, end);
        if (bad >= 0) {
            throw new ProtocolException(Violation.BAD_UTF8, bad, "the header is not UTF-8");
        }
        checkVerb(header);
        return new Frame(header.build(), content, end);
    }

    private static String text(JsonParser parser, Field field, JsonToken token) throws IOException {
        if (token.isBoolean()) {
            throw at(parser, Violation.BAD_FIELD, "'" + field.longKey() + "' is a boolean");
        }
        String text = parser.getText();
        if (field.isNumber() && !isLong(text)) {
            throw at(parser, Violation.BAD_FIELD, "'" + field.longKey() + "' is not an integer of 0..2^63-1");
        }
        if (!isPaired(text)) {
            throw at(parser, Violation.MALFORMED_HEADER, "an escape makes half a character");
        }
        return text;
    }

    private static boolean isLong(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return false;
        }
        try {
            return Long.parseLong(text) >= 0;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }

    private static boolean isPaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void checkVerb(Header.Builder header) {
        String word = header.get(Field.CMD);
        if (word == null) {
            throw new ProtocolException(Violation.MISSING_FIELD, -1, "the header has no command");
        }
        Verb verb = Verb.of(word);
        if (verb == null) {
            throw new ProtocolException(
                    Violation.UNEXPECTED_COMMAND, -1, "unknown command '" + Untrusted.escape(word) + "'");
        }
        header.set(Field.CMD, verb.word());
    }

    private static ProtocolException malformed(JsonProcessingException e, byte[] content) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        int read = (int) Math.min(content.length, Math.max(0, offset) + 4L);
        long bad = Utf8.firstMalformed(content, read);
        if (bad >= 0 && bad <= offset && read - bad >= 4) {
            return new ProtocolException(Violation.BAD_UTF8, bad, "the header is not UTF-8", e);
        }
        if (e instanceof JsonEOFException) {
            return new ProtocolException(
                    Violation.TRUNCATED_HEADER, content.length, "the header has no end within its frame", e);
        }
        return new ProtocolException(Violation.MALFORMED_HEADER, offset, Untrusted.escape(e.getOriginalMessage()), e);
    }

    private static ProtocolException at(JsonParser parser, Violation violation, String detail) {
        return new ProtocolException(violation, parser.currentTokenLocation().getByteOffset(), detail);
    }
}
