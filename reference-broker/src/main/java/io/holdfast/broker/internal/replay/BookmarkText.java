package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.topic.BookmarkRefusal;
import io.holdfast.client.error.Untrusted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bookmark as a client wrote it, taken apart.
 *
 * @param starts where to begin: one position, or a list of which the earliest counts
 * @param startIncluded whether a message that is the start is delivered; a bookmark that is no range begins after it
 * @param end where to end, {@code null} if it is no range
 * @param endIncluded whether a message that is the end is delivered
 */
record BookmarkText(
        List<Position> starts,
        boolean startIncluded,
        @Nullable Position end,
        boolean endIncluded) {

    /** The longest list. */
    static final int MOST_POSITIONS = 1_000;

    private static final int SHOWN = 80;
    private static final Pattern MESSAGE = Pattern.compile("([0-9]{1,20})\\|([0-9]{1,19})\\|");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})" + "T([0-9]{2})([0-9]{2})([0-9]{2})(?:\\.([0-9]{1,6}))?Z?");

    /**
     * Takes a bookmark apart.
     *
     * @throws BookmarkRefusal saying what is wrong with it
     */
    static BookmarkText parse(String text) throws BookmarkRefusal {
        return text.startsWith("[") || text.startsWith("(") ? range(text) : list(text);
    }

    private static BookmarkText list(String text) throws BookmarkRefusal {
        List<Position> starts = new ArrayList<>();
        for (String part : text.split(",", MOST_POSITIONS + 2)) {
            starts.add(position(part.strip(), text));
        }
        if (starts.size() > MOST_POSITIONS) {
            throw new BookmarkRefusal("a list has at most " + MOST_POSITIONS + " bookmarks");
        }
        return new BookmarkText(starts, false, null, false);
    }

    private static BookmarkText range(String text) throws BookmarkRefusal {
        char last = text.charAt(text.length() - 1);
        int colon = text.indexOf(':');
        if ((last != ']' && last != ')') || colon < 0 || colon != text.lastIndexOf(':')) {
            throw new BookmarkRefusal(
                    "bad bookmark range '" + shown(text) + "': [ or (, a bookmark, :, a bookmark, ] or )");
        }
        return new BookmarkText(
                List.of(position(text.substring(1, colon).strip(), text)),
                text.charAt(0) == '[',
                position(text.substring(colon + 1, text.length() - 1).strip(), text),
                last == ']');
    }

    private static Position position(String text, String whole) throws BookmarkRefusal {
        if (text.equals("0")) {
            return new Position.Epoch();
        }
        if (text.equals("0|1|")) {
            return new Position.Now();
        }
        Matcher message = MESSAGE.matcher(text);
        Matcher time = TIME.matcher(text);
        try {
            if (message.matches()) {
                long hash = Long.parseUnsignedLong(message.group(1));
                return new Position.Message(Long.toUnsignedString(hash), Long.parseLong(message.group(2)));
            }
            if (time.matches()) {
                return new Position.Time(micros(time));
            }
        } catch (NumberFormatException | DateTimeException outOfRange) {
            throw new BookmarkRefusal("bad bookmark '" + shown(whole) + "': a number in it is out of range");
        }
        throw new BookmarkRefusal("bad bookmark '" + shown(whole) + "'");
    }

    private static long micros(Matcher time) {
        String fraction = time.group(7) == null ? "" : time.group(7);
        Instant instant = LocalDateTime.of(
                        number(time, 1),
                        number(time, 2),
                        number(time, 3),
                        number(time, 4),
                        number(time, 5),
                        number(time, 6))
                .toInstant(ZoneOffset.UTC);
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant)
                + Long.parseLong((fraction + "000000").substring(0, 6));
    }

    private static int number(Matcher time, int group) {
        return Integer.parseInt(time.group(group));
    }

    private static String shown(String text) {
        return Untrusted.escape(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
    }
}
