package io.holdfast.netty.internal.header;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random JSON strings, quotes included: characters of every length, as they are or escaped in every legal way. */
final class JsonTexts {

    private JsonTexts() {}

    static Arbitrary<String> strings() {
        Arbitrary<String> ascii = Arbitraries.integers().between(0x20, 0x7e).map(JsonTexts::plainOrEscaped);
        Arbitrary<String> control = Arbitraries.integers().between(0, 0x1f).map(JsonTexts::hex);
        Arbitrary<String> named = Arbitraries.of("\\b", "\\f", "\\n", "\\r", "\\t", "\\/", "\\\"", "\\\\");
        Arbitrary<String> any = codePoints().map(Character::toString);
        Arbitrary<String> escaped = codePoints().map(JsonTexts::hex);
        Arbitrary<String> piece = Arbitraries.frequencyOf(
                Tuple.of(12, ascii), Tuple.of(1, control), Tuple.of(1, named), Tuple.of(2, any), Tuple.of(1, escaped));
        return piece.list().ofMaxSize(24).map(pieces -> '"' + String.join("", pieces) + '"');
    }

    /** Any character there is, but for halves of surrogate pairs. */
    static Arbitrary<Integer> codePoints() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0x7f, 0x7ff),
                        Arbitraries.integers().between(0x800, 0xffff),
                        Arbitraries.integers().between(0x10000, 0x10ffff))
                .filter(c -> c < 0xd800 || c > 0xdfff);
    }

    private static String plainOrEscaped(int c) {
        return c == '"' || c == '\\' ? "\\" + (char) c : Character.toString(c);
    }

    private static String hex(int codePoint) {
        StringBuilder out = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            out.append(String.format(codePoint % 2 == 0 ? "\\u%04x" : "\\u%04X", (int) unit));
        }
        return out.toString();
    }
}
