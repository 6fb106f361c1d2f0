package io.holdfast.ha.internal.config;

/**
 * The value that won, and where it came from.
 *
 * @param key which key
 * @param text the value's text, trimmed
 * @param source where it stands
 */
public record Setting(Key key, String text, Source source) {

    /** The value, quoted, escaped, masked. */
    public String shown() {
        return key.show(text);
    }

    @Override
    public String toString() {
        return key.name() + " = " + shown() + " (" + source + ")";
    }
}
