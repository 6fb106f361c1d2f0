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
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header at the front of a frame with Jackson's streaming parser. Tolerant as the protocol text asks: both spellings of a
 * key, unknown keys, numbers quoted or not, white space. Strict about the rest: one flat object, strict UTF-8, integers that fit.
 */
public final class HeaderReader {

    /** The longest header; a body may be as long as its frame. */
    public static final int MAX_HEADER_BYTES = 64 << 10;

    /** How far from the byte that it names Jackson may have read: less than two characters. */
    private static final int NEARBY = 6;

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
        try (JsonParser parser = json.createParser(content, 0, Math.min(content.length, MAX_HEADER_BYTES))) {
            try {
                return read(parser, content);
            } catch (JsonProcessingException e) {
                if (content.length > MAX_HEADER_BYTES
                        && parser.currentLocation().getByteOffset() >= MAX_HEADER_BYTES - NEARBY) {
                    throw tooLong();
                }
                throw malformed(e, content, parser.getParsingContext().inObject());
            }
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
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw truncated(content, null);
        }
        if (first != JsonToken.START_OBJECT) {
            throw at(parser, Violation.MALFORMED_HEADER, "a frame begins with a JSON object");
        }
        Header.Builder header = new Header.Builder();
        long halfCharacter = -1;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            Field field = Field.of(key);
            JsonToken value = parser.nextToken();
            if (value == null) {
                throw truncated(content, null);
            }
            if (!value.isScalarValue()) {
                throw at(
                        parser, Violation.MALFORMED_HEADER, "a header is flat, '" + Untrusted.escape(key) + "' is not");
            }
            if (field == null) {
                parser.getText(); // reads it to its end, so that it is checked
            } else if (value == JsonToken.VALUE_NULL) {
                header.set(field, null); // as if the key were not there
            } else {
                String text = text(parser, field, value);
                halfCharacter = halfCharacter >= 0 || isPaired(text)
                        ? halfCharacter
                        : parser.currentTokenLocation().getByteOffset();
                header.set(field, text);
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            if (content.length > MAX_HEADER_BYTES) {
                throw tooLong();
            }
            throw truncated(content, null);
        }
        int end = (int) parser.currentLocation().getByteOffset();
        long bad = Utf8.firstMalformed(content, end);
        if (bad >= 0) {
            throw new ProtocolException(Violation.BAD_UTF8, bad, "the header is not UTF-8");
        }
        if (halfCharacter >= 0) {
            throw new ProtocolException(Violation.MALFORMED_HEADER, halfCharacter, "an escape makes half a character");
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

    private static ProtocolException truncated(byte[] content, @Nullable Throwable cause) {
        return new ProtocolException(
                Violation.TRUNCATED_HEADER, content.length, "the header has no end within its frame", cause);
    }

    private static ProtocolException malformed(JsonProcessingException e, byte[] content, boolean within) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        // Jackson calls bad UTF-8 a syntax error: look whether that is what it stumbled over.
        int window = (int) Math.min(content.length, Math.max(0, offset) + 2 * NEARBY);
        long bad = Utf8.firstMalformed(content, window);
        if (bad >= 0 && bad <= offset + NEARBY) {
            return new ProtocolException(Violation.BAD_UTF8, bad, "the header is not UTF-8", e);
        }
        if (e instanceof JsonEOFException || (within && isCutShort(content, offset))) {
            return truncated(content, e);
        }
        return new ProtocolException(Violation.MALFORMED_HEADER, offset, Untrusted.escape(e.getOriginalMessage()), e);
    }

    private static boolean isCutShort(byte[] content, long from) {
        if (from >= content.length) {
            return content[content.length - 1] != '}';
        }
        if (from < 0 || content.length - from >= "false".length()) {
            return false;
        }
        String rest = new String(content, (int) from, content.length - (int) from, StandardCharsets.US_ASCII);
        return "null".startsWith(rest) || "true".startsWith(rest) || "false".startsWith(rest);
    }

    private static ProtocolException tooLong() {
        return new ProtocolException(
                Violation.MALFORMED_HEADER, MAX_HEADER_BYTES, "a header has at most " + MAX_HEADER_BYTES + " bytes");
    }

    private static ProtocolException at(JsonParser parser, Violation violation, String detail) {
        return new ProtocolException(violation, parser.currentTokenLocation().getByteOffset(), detail);
    }
}
