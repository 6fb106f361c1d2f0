package io.holdfast.ha.internal.config;

import io.holdfast.client.error.Untrusted;

/** Escapes what came from a file or a variable, like {@link Untrusted}, but up to a length that fits a path or a list. */
final class PlainText {

    private static final int MAX_LENGTH = 4_096;

    private PlainText() {}

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int end = Math.min(text.length(), MAX_LENGTH);
        for (int from = 0; from < end; from += Untrusted.MAX_LENGTH) {
            out.append(Untrusted.escape(text.substring(from, Math.min(end, from + Untrusted.MAX_LENGTH))));
        }
        return end < text.length() ? out + "...(" + text.length() + " characters)" : out.toString();
    }
}
