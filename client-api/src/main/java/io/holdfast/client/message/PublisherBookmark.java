package io.holdfast.client.message;

/**
 * Reads the form {@code <hash>|<sequence>|} of a delivered message's bookmark: two numbers without leading zeros, so that the
 * text can be made of them again.
 */
final class PublisherBookmark {

    private static final int MOST_DIGITS = 20;

    private PublisherBookmark() {}

    /** The hash, an unsigned number; 0 for every other form. */
    static long publisher(String text) {
        int bar = text.indexOf('|');
        return sequence(text, bar) == 0 ? 0 : unsigned(text, 0, bar);
    }

    /** The sequence; 0 for every other form. */
    static long sequence(String text) {
        int bar = text.indexOf('|');
        return bar < 0 || unsigned(text, 0, bar) == 0 ? 0 : sequence(text, bar);
    }

    private static long sequence(String text, int bar) {
        if (bar < 0 || text.charAt(text.length() - 1) != '|') {
            return 0;
        }
        return Math.max(0, unsigned(text, bar + 1, text.length() - 1));
    }

    /** The unsigned number in {@code text[from..to)}; 0 if it is none, or too large. */
    private static long unsigned(String text, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS || text.charAt(from) == '0') {
            return 0;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
        }
        try {
            return Long.parseUnsignedLong(text, from, to, 10);
        } catch (NumberFormatException tooLarge) {
            return 0;
        }
    }
}
