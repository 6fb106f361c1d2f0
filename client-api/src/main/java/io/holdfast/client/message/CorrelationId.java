package io.holdfast.client.message;

import static java.util.Objects.requireNonNull;

/**
 * An opaque token of the application ({@code x}), limited by the protocol to the base64 alphabet.
 *
 * @param value 1 to 1024 characters of {@code A-Z a-z 0-9 + / =}
 */
public record CorrelationId(String value) {

    /** The longest token, a bound of ours. */
    public static final int MAX_LENGTH = 1024;

    /** Validates the text. */
    public CorrelationId {
        requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a correlation id has 1.." + MAX_LENGTH + " characters, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isBase64(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "a correlation id uses the base64 alphabet; index " + i + " does not");
            }
        }
    }

    /** The token with this text. */
    public static CorrelationId of(String value) {
        return new CorrelationId(value);
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }

    @Override
    public String toString() {
        return value;
    }
}
