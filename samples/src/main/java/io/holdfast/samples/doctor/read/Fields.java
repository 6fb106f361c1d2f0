package io.holdfast.samples.doctor.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code key=value} fields of a line of ours, values quoted or not. An unquoted value ends where the next key begins; of two
 * fields with one key the first counts. No value is unescaped.
 */
public final class Fields {

    private static final int MOST = 64;
    private static final Pattern KEY = Pattern.compile("(?:^| )([a-z][a-z_]{0,31})=");

    private final Map<String, String> values = new LinkedHashMap<>();

    private Fields() {}

    /** The fields in this text. */
    public static Fields of(String text) {
        Fields fields = new Fields();
        Matcher key = KEY.matcher(text);
        int from = 0;
        while (fields.values.size() < MOST && key.find(from)) {
            int start = key.end();
            boolean quoted = start < text.length() && text.charAt(start) == '"';
            int end = quoted ? closingQuote(text, start + 1) : nextKey(text, start);
            fields.values.putIfAbsent(key.group(1), text.substring(quoted ? start + 1 : start, end));
            from = Math.min(text.length(), quoted ? end + 1 : end);
        }
        return fields;
    }

    /** The value; {@code null} if there is none, or it is {@code -}. */
    public @Nullable String get(String key) {
        String value = values.get(key);
        return value == null || value.isEmpty() || value.equals("-") ? null : value;
    }

    /** The value as a number, -1 if it is none. */
    public long number(String key) {
        String value = get(key);
        return value != null && value.matches("[0-9]{1,15}") ? Long.parseLong(value) : -1;
    }

    private static int nextKey(String text, int from) {
        Matcher next = KEY.matcher(text);
        return next.find(from) ? next.start() : text.length();
    }

    private static int closingQuote(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }
}
