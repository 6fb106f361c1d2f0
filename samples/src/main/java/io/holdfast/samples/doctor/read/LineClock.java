package io.holdfast.samples.doctor.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time of a line near its beginning; a line without one has the time of the line before it.
 *
 * <table>
 * <caption>The forms, the first that fits</caption>
 * <tr><td>ISO, zone or not, in any wrapping</td><td>{@code 2026-01-31T10:15:30.123+01:00}, {@code 2026-01-31 10:15:30,123}</td></tr>
 * <tr><td>log4j DATE</td><td>{@code 31 Jan 2026 10:15:30,123}</td></tr>
 * <tr><td>java.util.logging, English</td><td>{@code Jan 31, 2026 10:15:30 AM}</td></tr>
 * <tr><td>since 1970, at the beginning</td><td>{@code 1769850930123}, {@code 1769850930.123}</td></tr>
 * <tr><td>time alone, at the beginning</td><td>{@code 10:15:30.123}; the date is the file's, a day later after each midnight</td></tr>
 * </table>
 *
 * <p>One for each file. A time without a zone is in the zone given.
 */
final class LineClock {

    /** How far into a line its time may begin: behind a container's or a collector's prefix. */
    private static final int REACH = 120;

    /** No log is older, or newer: digits that say so are something else. */
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Pattern ISO =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?"
                    + " ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?(?![\\d])");
    private static final Pattern DAY_FIRST =
            Pattern.compile("\\b(\\d{1,2} [A-Z][a-z]{2} \\d{4}) (\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?");
    private static final Pattern UTIL_LOGGING = Pattern.compile(
            "\\b([A-Z][a-z]{2} \\d{1,2}, \\d{4})[, ] ?(\\d{1,2}:\\d\\d:\\d\\d)[ \\u00a0\\u202f]?([AP]M)\\b");
    private static final Pattern EPOCH = Pattern.compile("^\\W{0,2}(\\d{10})(?:\\.?(\\d{3,9}))?(?=\\D|$)");
    private static final Pattern TIME = Pattern.compile("^\\W{0,2}(\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?(?=\\D|$)");

    private static final DateTimeFormatter DAY_FIRST_DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter UTIL_DATE = DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter UTIL_TIME = DateTimeFormatter.ofPattern("h:mm:ss a", Locale.ENGLISH);

    private final ZoneId zone;
    private LocalDate date;
    private @Nullable LocalTime lastTime;
    private @Nullable Instant last;
    private boolean guessedDate;

    /** A clock for a file: the zone of times without one, and the date of times without that. */
    LineClock(ZoneId zone, LocalDate date) {
        this.zone = zone;
        this.date = date;
    }

    /** The line with its time, {@code null} before the first time of the file. */
    @Nullable
    LogLine read(String text) {
        Instant own = own(text.length() > REACH ? text.substring(0, REACH) : text);
        if (own != null) {
            last = own;
        }
        return last == null ? null : new LogLine(last, text, own != null);
    }

    /** Whether a date was taken from the file, since its lines have none. */
    boolean hasGuessedDate() {
        return guessedDate;
    }

    private @Nullable Instant own(String head) {
        if (head.isEmpty() || Character.isWhitespace(head.charAt(0))) {
            return null; // an indented line goes on with the one before
        }
        try {
            Instant found = first(head);
            return found == null || found.isBefore(EARLIEST) || found.isAfter(LATEST) ? null : found;
        } catch (DateTimeException e) {
            return null; // digits in the form of a time that are none
        }
    }

    private @Nullable Instant first(String head) {
        Matcher found = ISO.matcher(head);
        if (found.find()) {
            return at(LocalDate.parse(found.group(1)), LocalTime.parse(found.group(2)), found.group(3), found.group(4));
        }
        found = DAY_FIRST.matcher(head);
        if (found.find()) {
            LocalDate day = LocalDate.parse(found.group(1), DAY_FIRST_DATE);
            return at(day, LocalTime.parse(found.group(2)), found.group(3), null);
        }
        found = UTIL_LOGGING.matcher(head);
        if (found.find()) {
            LocalDate day = LocalDate.parse(found.group(1), UTIL_DATE);
            return at(day, LocalTime.parse(found.group(2) + " " + found.group(3), UTIL_TIME), null, null);
        }
        found = EPOCH.matcher(head);
        if (found.find()) {
            return Instant.ofEpochSecond(Long.parseLong(found.group(1)), nanos(found.group(2)));
        }
        found = TIME.matcher(head);
        return found.find() ? timeAlone(LocalTime.parse(found.group(1)), found.group(2)) : null;
    }

    private Instant timeAlone(LocalTime time, @Nullable String fraction) {
        guessedDate = true;
        if (lastTime != null && time.isBefore(lastTime.minusHours(12)) && lastTime.getHour() >= 12) {
            date = date.plusDays(1);
        }
        lastTime = time;
        return at(date, time, fraction, null);
    }

    private Instant at(LocalDate day, LocalTime time, @Nullable String fraction, @Nullable String offset) {
        LocalDateTime local = LocalDateTime.of(day, time).plusNanos(nanos(fraction));
        if (offset == null) {
            return local.atZone(zone).toInstant();
        }
        boolean zulu = !offset.startsWith("+") && !offset.startsWith("-");
        return local.toInstant(zulu ? ZoneOffset.UTC : ZoneOffset.of(offset));
    }

    private static long nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000000000").substring(0, 9));
    }
}
