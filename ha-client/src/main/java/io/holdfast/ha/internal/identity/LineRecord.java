package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityDamagedException.Damage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The form of the name file and the mark file: lines that a person can read and a program can trust.
 *
 * <pre>
 * holdfast-name 1            kind and format version
 * key=value                  UTF-8; '%' and control characters as %XXXX, their UTF-16 code in hexadecimal
 * ...
 * checksum=9ae0daaf          CRC-32C of every byte before this line
 * </pre>
 */
final class LineRecord {

    /** The most bytes of a record. */
    static final int MAX_BYTES = 8 * 1024;

    private static final String CHECKSUM = "checksum=";
    private static final Pattern HEADER = Pattern.compile("holdfast-([a-z]+) ([0-9]{1,9})");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9a-f]{4})?");

    private LineRecord() {}

    /** The bytes of a record, its fields in their order. */
    static byte[] encode(String kind, int version, Map<String, String> fields) {
        StringBuilder text = new StringBuilder("holdfast-" + kind + " " + version + "\n");
        fields.forEach((key, value) ->
                text.append(key).append('=').append(escape(value)).append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        String end = CHECKSUM + checksum(body, body.length) + "\n";
        return (text + end).getBytes(StandardCharsets.UTF_8);
    }

    /** The fields of a record of this kind, of this version or an older one. */
    static Map<String, String> decode(String kind, int version, byte[] bytes) throws DamagedRecord {
        if (bytes.length == 0) {
            throw new DamagedRecord(Damage.EMPTY, "it holds nothing");
        }
        if (bytes.length > MAX_BYTES) {
            throw new DamagedRecord(Damage.FOREIGN, "it has more than " + MAX_BYTES + " bytes");
        }
        checkHeader(kind, version, bytes);
        int bodyLength = lineStart(bytes);
        String end = utf8(bytes, bodyLength, bytes.length - bodyLength);
        if (!end.equals(CHECKSUM + checksum(bytes, bodyLength) + "\n")) {
            throw new DamagedRecord(Damage.TORN, "its last line is not the checksum of the lines before");
        }
        String body = utf8(bytes, 0, bodyLength);
        Map<String, String> fields = new LinkedHashMap<>();
        body.lines().skip(1).forEach(line -> addField(fields, line));
        if (fields.size() != body.lines().count() - 1) {
            throw new DamagedRecord(Damage.FOREIGN, "a line is not 'key=value', or a key comes twice");
        }
        return fields;
    }

    private static void checkHeader(String kind, int version, byte[] bytes) throws DamagedRecord {
        int length = 0;
        while (length < bytes.length && bytes[length] != '\n') {
            length++;
        }
        String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (length == bytes.length && ("holdfast-" + kind + " " + version).startsWith(line)) {
            throw new DamagedRecord(Damage.TORN, "it ends within its first line");
        }
        Matcher header = HEADER.matcher(line);
        if (!header.matches() || !header.group(1).equals(kind)) {
            throw new DamagedRecord(Damage.FOREIGN, "its first line is not 'holdfast-" + kind + " <version>'");
        }
        int found = Integer.parseInt(header.group(2));
        if (found > version) {
            throw new DamagedRecord(
                    Damage.FUTURE, "it has format version " + found + ", this SDK knows those up to " + version);
        }
    }

    /** Where the last line starts. */
    private static int lineStart(byte[] bytes) {
        int at = bytes.length - 1;
        while (at > 0 && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private static void addField(Map<String, String> fields, String line) {
        int equals = line.indexOf('=');
        if (equals > 0 && KEY.matcher(line.substring(0, equals)).matches()) {
            fields.putIfAbsent(line.substring(0, equals), unescape(line.substring(equals + 1)));
        }
    }

    private static String utf8(byte[] bytes, int from, int length) throws DamagedRecord {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DamagedRecord(Damage.TORN, "it is not UTF-8 text");
        }
    }

    private static String checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return String.format("%08x", crc.getValue());
    }

    /** Lone surrogates are escaped too: UTF-8 has no bytes for them. */
    private static String escape(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            if (c == '%'
                    || Character.isISOControl(c)
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.getType(c) == Character.SURROGATE) {
                out.append(String.format("%%%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static String unescape(String value) {
        return ESCAPED.matcher(value).replaceAll(match -> {
            String code = match.group(1);
            return Matcher.quoteReplacement(code == null ? "%" : String.valueOf((char) Integer.parseInt(code, 16)));
        });
    }
}
