package io.holdfast.client.error;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from the network safe for messages and logs: a client name, a reason, a topic may be chosen by an attacker who
 * would like to write lines into our log.
 */
public final class Untrusted {

    /** The most characters shown of one text. */
    public static final int MAX_LENGTH = 256;

    private Untrusted() {}

    /**
     * The text with every control, format, surrogate or line-breaking character and every backslash and quote escaped,
     * cut at {@link #MAX_LENGTH} characters; {@code null} becomes {@code -}.
     */
    public static String escape(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        int shown = Math.min(text.length(), MAX_LENGTH);
        StringBuilder out = new StringBuilder(shown + 16);
        for (int i = 0; i < shown; i++) {
            append(out, text.charAt(i));
        }
        if (shown < text.length()) {
            out.append("...(").append(text.length()).append(" characters)");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            case '"' -> out.append("\\\"");
            default -> {
                if (isPlain(c)) {
                    out.append(c);
                } else {
                    out.append("\\u").append(String.format("%04x", (int) c));
                }
            }
        }
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
