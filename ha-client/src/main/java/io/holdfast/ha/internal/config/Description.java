package io.holdfast.ha.internal.config;

import java.util.Map;

/** Writes the effective values for people: one line a key, with its source; secrets masked. */
public final class Description {

    private Description() {}

    /** All keys, in the order of the table, each on a line of its own. */
    public static String of(Resolution resolution) {
        int width = KeyTable.ALL.stream()
                .mapToInt(key -> key.under(resolution.prefix()).length())
                .max()
                .orElse(0);
        StringBuilder out = new StringBuilder();
        for (Key key : KeyTable.ALL) {
            out.append(String.format(
                    "%-" + width + "s = %s%n", key.under(resolution.prefix()), value(key, resolution.settings())));
        }
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    private static String value(Key key, Map<Key, Setting> settings) {
        Setting setting = settings.get(key);
        return setting == null
                ? "not set: " + key.withoutValue().replace("`", "")
                : setting.shown() + "  [" + setting.source() + "]";
    }
}
