package io.holdfast.ha.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, with everything needed to put it right. Holds no secret: the value is masked before it gets here.
 *
 * @param key the whole key as written; for a file as a whole, the key that names the file
 * @param shownValue the value, masked if it is or may be a secret; {@code null} where there is none to show
 * @param source where it stands
 * @param what what is wrong
 * @param allowed what would be right, {@code null} where {@code what} says it all
 * @param suggestion the known key that was probably meant
 */
public record Problem(
        String key,
        @Nullable String shownValue,
        Source source,
        String what,
        @Nullable String allowed,
        @Nullable String suggestion) {

    static Problem of(String key, @Nullable String shownValue, Source source, String what) {
        return new Problem(key, shownValue, source, what, null, null);
    }

    static Problem unreadable(String key, Source source, String what) {
        return new Problem(key, null, source, what, null, null);
    }

    /** One line, safe for logs. */
    @Override
    public String toString() {
        return PlainText.escape(key)
                + (shownValue == null ? "" : " = " + shownValue)
                + " (" + source + ")"
                + ": "
                + what
                + (allowed == null ? "" : "; allowed: " + allowed)
                + (suggestion == null ? "" : "; did you mean " + suggestion + "?");
    }
}
