package io.holdfast.ha.internal.config;

/** The part of {@code docs/configuration.md} that is made from {@link KeyTable}; the text around it is written by hand. */
final class ConfigurationPage {

    static final String BEGIN = "<!-- keys: made from KeyTable, do not edit by hand -->\n";
    static final String END = "<!-- end of keys -->\n";

    private ConfigurationPage() {}

    /** The page with its table as the code has it now. */
    static String refresh(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has lost its marks " + BEGIN + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
    }

    static String table() {
        StringBuilder out =
                new StringBuilder("\n| key | type and range | default | meaning | example |\n|---|---|---|---|---|\n");
        for (Key key : KeyTable.ALL) {
            out.append("| `").append(key.under(Inputs.DEFAULT_PREFIX)).append("` | ");
            out.append(cell(typeAndRange(key.type())));
            out.append(" | ").append(cell(defaultOf(key)));
            out.append(" | ").append(cell(key.meaning()));
            out.append(" | `").append(cell(key.example())).append("` |\n");
        }
        return out.append('\n').toString();
    }

    private static String typeAndRange(ValueType<?> type) {
        return type.allowed().endsWith(type.name()) ? type.name() : type.name() + ": " + type.allowed();
    }

    private static String defaultOf(Key key) {
        return key.defaultText() == null ? key.withoutValue() : "`" + key.defaultText() + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
