package io.holdfast.client.message;

import static java.util.Objects.requireNonNull;

/**
 * The name of a subscription within its connection ({@code sub_id}).
 *
 * @param value 1 to 256 printable ASCII characters without comma, which separates ids in a list; not {@code all},
 *     which means every subscription in an unsubscribe
 */
public record SubscriptionId(String value) {

    /** The longest id, a bound of ours. */
    public static final int MAX_LENGTH = 256;

    /** Validates the text. */
    public SubscriptionId {
        requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a subscription id has 1.." + MAX_LENGTH + " characters, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~' || c == ',') {
                throw new IllegalArgumentException("a subscription id is printable ASCII without blank or comma; index "
                        + i + " holds U+" + String.format("%04X", (int) c));
            }
        }
        if (value.equals("all")) {
            throw new IllegalArgumentException("'all' means every subscription and cannot name one");
        }
    }

    /** The id with this text. */
    public static SubscriptionId of(String value) {
        return new SubscriptionId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
