package io.holdfast.client.message;

import static java.util.Objects.requireNonNull;

/**
 * A position in a broker's transaction log ({@code bm}): a single one, a list, a time, or a range.
 *
 * <p>The text is the broker's own business and opaque to clients, apart from the constants.
 *
 * @param value 1 to 4096 printable ASCII characters
 */
public record Bookmark(String value) {

    /** From the start of the log. */
    public static final Bookmark EPOCH = new Bookmark("0");

    /** From now on. */
    public static final Bookmark NOW = new Bookmark("0|1|");

    /**
     * After what was acknowledged last, by the client's bookmark store; where that knows nothing, from the start of the log. A word of
     * the client: it is resolved before anything is sent.
     */
    public static final Bookmark MOST_RECENT = new Bookmark("most-recent");

    /** The longest bookmark or list of bookmarks, a bound of ours. */
    public static final int MAX_LENGTH = 4096;

    /** Validates the text. */
    public Bookmark {
        requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a bookmark has 1.." + MAX_LENGTH + " characters, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "a bookmark is printable ASCII; index " + i + " holds U+" + String.format("%04X", (int) c));
            }
        }
    }

    /** The bookmark with this text. */
    public static Bookmark of(String value) {
        return new Bookmark(value);
    }

    /** The bookmark of the message that a publisher sent under this number, as the broker writes it. */
    public static Bookmark of(long publisher, long sequence) {
        return new Bookmark(Long.toUnsignedString(publisher) + "|" + sequence + "|");
    }

    /**
     * The broker's hash of the publisher's name, an unsigned number, in the bookmark of one message
     * ({@code <hash>|<sequence>|}); 0 in every other form.
     */
    public long publisher() {
        return PublisherBookmark.publisher(value);
    }

    /** The publisher's number for the message, in the bookmark of one message; 0 in every other form. */
    public long sequence() {
        return PublisherBookmark.sequence(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
