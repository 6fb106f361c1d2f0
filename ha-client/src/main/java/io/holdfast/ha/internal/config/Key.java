package io.holdfast.ha.internal.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key: everything that binding, checks, descriptions and the documentation know about it.
 *
 * @param name without the prefix, for example {@code client.name}
 * @param type how its value is read, and its range
 * @param defaultText the built-in value, {@code null} if it has none
 * @param withoutValue what holds where there is no value, for people
 * @param meaning one or two sentences for the documentation
 * @param example a value somebody might write
 */
public record Key(
        String name,
        ValueType<?> type,
        @Nullable String defaultText,
        String withoutValue,
        String meaning,
        String example) {

    private static final String MASK = "****";

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return type.equals(ValueType.SECRET);
    }

    /** The whole key, for example {@code holdfast.client.name}. */
    public String under(String prefix) {
        return prefix + "." + name;
    }

    /** The environment variable, for example {@code HOLDFAST_CLIENT_NAME}: both {@code .} and {@code -} become {@code _}. */
    public String variable(String prefix) {
        return under(prefix).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** What the value's text means: secrets are taken as they are, all others without blanks at their ends. */
    String trim(String text) {
        return isSecret() ? text : text.strip();
    }

    /** A value of this key, quoted and safe for logs: secrets and passwords within URIs are masked. */
    String show(String text) {
        if (isSecret()) {
            return MASK;
        }
        return "\"" + PlainText.escape(type.equals(Servers.TYPE) ? Servers.mask(text) : text) + "\"";
    }

    /** What is shown of the value of a key that does not exist: it may be a misspelt password. */
    static String showUnknown() {
        return MASK;
    }
}
