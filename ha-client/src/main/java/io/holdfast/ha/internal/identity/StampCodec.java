package io.holdfast.ha.internal.identity;

import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.identity.IdentityStamp;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the correlation id of a logon.
 *
 * <pre>
 * HF1 base64( nonce=8f3a... ; host=app-13 ; pid=920 ; start=MS ; since=MS ; prefer=newest ; sdk=0.1.0 ; app=... )
 * </pre>
 *
 * <p>UTF-8 pairs joined by {@code ;} without the spaces; instants in milliseconds since 1970. Values hold no control character,
 * no {@code ;} and no {@code =} but in {@code app}, which is last. A reader ignores keys it does not know. The format is ours.
 */
public final class StampCodec {

    /** What every stamp starts with. */
    static final String PREFIX = "HF1";

    /** The most bytes of pairs. */
    static final int MAX_BYTES = 300;

    private static final int MAX_LENGTH = PREFIX.length() + (MAX_BYTES + 2) / 3 * 4;
    private static final int MAX_PAIRS = 16;
    private static final Pattern PAIR = Pattern.compile("([a-z]{1,16})=(.{0,128})");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,14}");

    private StampCodec() {}

    /** The correlation id that carries the stamp. */
    public static CorrelationId encode(IdentityStamp stamp) {
        StringBuilder pairs = new StringBuilder("nonce=" + stamp.nonce());
        append(pairs, "host", plain(stamp.host(), IdentityStamp.MAX_HOST_LENGTH));
        append(pairs, "pid", stamp.pid() < 0 ? null : Long.toString(stamp.pid()));
        append(pairs, "start", millis(stamp.processStart()));
        append(pairs, "since", millis(stamp.establishedSince()));
        append(pairs, "prefer", stamp.prefersNewest() ? "newest" : null);
        append(pairs, "sdk", plain(stamp.sdkVersion(), IdentityStamp.MAX_VERSION_LENGTH));
        append(
                pairs,
                "app",
                stamp.application() == null ? null : stamp.application().value());
        byte[] bytes = pairs.toString().getBytes(StandardCharsets.UTF_8);
        return CorrelationId.of(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** The stamp, if the text is one to the letter; never throws. */
    public static Optional<IdentityStamp> decode(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return stampOf(pairsOf(text.substring(PREFIX.length())));
        } catch (IllegalArgumentException | CharacterCodingException | DateTimeException e) {
            // Anybody may send anything: what is not ours is not an error, it is somebody else's token.
            return Optional.empty();
        }
    }

    private static Map<String, String> pairsOf(String base64) throws CharacterCodingException {
        byte[] bytes = Base64.getDecoder().decode(base64);
        // The decoder forgives missing padding and stray bits; we do not, so that a stamp has one spelling.
        if (bytes.length > MAX_BYTES
                || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("not canonical");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String part : text.split(";", MAX_PAIRS + 1)) {
            Matcher pair = PAIR.matcher(part);
            if (!pair.matches() || !isPlain(part) || pairs.put(pair.group(1), pair.group(2)) != null) {
                throw new IllegalArgumentException("not a pair");
            }
        }
        if (pairs.size() > MAX_PAIRS) {
            throw new IllegalArgumentException("too many pairs");
        }
        return pairs;
    }

    private static Optional<IdentityStamp> stampOf(Map<String, String> pairs) {
        String nonce = pairs.get("nonce");
        String application = pairs.get("app");
        String prefer = pairs.get("prefer");
        if (nonce == null || (prefer != null && !prefer.equals("newest") && !prefer.equals("senior"))) {
            return Optional.empty();
        }
        return Optional.of(new IdentityStamp(
                nonce,
                bounded(pairs.get("host"), IdentityStamp.MAX_HOST_LENGTH),
                pairs.containsKey("pid") ? number(pairs.get("pid")) : -1,
                instant(pairs.get("start")),
                instant(pairs.get("since")),
                "newest".equals(prefer),
                bounded(pairs.get("sdk"), IdentityStamp.MAX_VERSION_LENGTH),
                application == null ? null : CorrelationId.of(application)));
    }

    private static void append(StringBuilder pairs, String key, @Nullable String value) {
        if (value != null) {
            pairs.append(';').append(key).append('=').append(value);
        }
    }

    /** The text with everything that would break the form replaced, cut to so many bytes at a character's edge. */
    private static @Nullable String plain(@Nullable String text, int mostBytes) {
        if (text == null) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        int bytes = 0;
        for (int c : text.codePoints().toArray()) {
            int shown = c == ';' || c == '=' || !isPlain(c) ? '_' : c;
            bytes += Character.toString(shown).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > mostBytes) {
                break;
            }
            out.appendCodePoint(shown);
        }
        return out.toString();
    }

    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(StampCodec::isPlain);
    }

    private static boolean isPlain(int c) {
        return !Character.isISOControl(c)
                && c != '\u2028'
                && c != '\u2029'
                && Character.getType(c) != Character.SURROGATE;
    }

    private static @Nullable String bounded(@Nullable String text, int mostBytes) {
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            throw new IllegalArgumentException("too long");
        }
        return text;
    }

    private static @Nullable String millis(@Nullable Instant instant) {
        return instant == null ? null : Long.toString(Math.max(0, instant.toEpochMilli()));
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis == null ? null : Instant.ofEpochMilli(number(millis));
    }

    private static long number(@Nullable String text) {
        if (text == null || !NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return Long.parseLong(text);
    }
}
