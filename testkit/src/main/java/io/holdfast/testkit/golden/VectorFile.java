package io.holdfast.testkit.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.testkit.golden.GoldenVector.Direction;
import io.holdfast.testkit.golden.GoldenVector.ExpectedError;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The text form of a vector: lines of {@code key: value}, then {@code bytes:} and lines of hexadecimal bytes.
 *
 * <pre>
 * # a comment, here and behind the bytes
 * direction: from-broker            # from-broker | to-broker | both
 * field: topic = orders             # any number of fields
 * payload: {"id":1}                 # or payload-hex: 7b 7d
 * error: BAD_UTF8 @ 17              # instead of fields; @ * where the place is not pinned
 * encode: exact                     # the client must write exactly this
 * framed: true                      # the bytes begin with the length field, the connection ends after them
 * bytes:
 * 7b 22 63 22 3a                    # {"c":
 * </pre>
 *
 * <p>Only a comment behind two blanks is one, since a payload may hold a {@code #}.
 */
final class VectorFile {

    private final String name;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private Direction direction = Direction.BOTH;
    private byte[] payload = {};
    private Optional<ExpectedError> error = Optional.empty();
    private boolean exact;
    private boolean framed;

    private VectorFile(String name) {
        this.name = name;
    }

    static GoldenVector parse(String name, String text) {
        VectorFile file = new VectorFile(name);
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            String line = withoutComment(lines.next());
            if (line.equals("bytes:")) {
                byte[] bytes = bytes(lines);
                return new GoldenVector(
                        name,
                        file.direction,
                        Map.copyOf(file.fields),
                        file.payload,
                        bytes,
                        file.error,
                        file.exact,
                        file.framed);
            }
            if (!line.isEmpty()) {
                file.property(line);
            }
        }
        throw new IllegalArgumentException(name + " has no bytes");
    }

    private void property(String line) {
        int colon = line.indexOf(": ");
        String key = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 2);
        switch (key) {
            case "direction" ->
                direction = Direction.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
            case "field" -> field(value);
            case "payload" -> payload = value.getBytes(UTF_8);
            case "payload-hex" -> payload = hex(value);
            case "error" -> error = Optional.of(error(value));
            case "encode" -> exact = value.equals("exact");
            case "framed" -> framed = Boolean.parseBoolean(value);
            default -> throw new IllegalArgumentException(name + ": what is '" + line + "'?");
        }
    }

    private void field(String value) {
        int equals = value.indexOf(" =");
        if (equals < 0) {
            throw new IllegalArgumentException(name + ": a field without ' = ': '" + value + "'");
        }
        fields.put(value.substring(0, equals), value.substring(Math.min(equals + 3, value.length())));
    }

    private static ExpectedError error(String value) {
        int at = value.indexOf(" @ ");
        String offset = value.substring(at + 3);
        return new ExpectedError(
                Violation.valueOf(value.substring(0, at)),
                offset.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(offset)));
    }

    private static byte[] bytes(Iterator<String> lines) {
        StringBuilder all = new StringBuilder();
        while (lines.hasNext()) {
            all.append(withoutComment(lines.next())).append(' ');
        }
        return hex(all.toString());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    private static String withoutComment(String line) {
        if (line.startsWith("#")) {
            return "";
        }
        int comment = line.indexOf("  #");
        return comment < 0 ? line : line.substring(0, comment).stripTrailing();
    }
}
