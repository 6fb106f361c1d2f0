package io.holdfast.samples.doctor;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.holdfast.samples.doctor.read.ReadOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say what to read of logs, and how. */
final class ReadingOptions {

    /** A pattern beyond this is a mistake, or an attack on whoever reads the script. */
    private static final int MOST_PATTERN = 1_000;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "leaves out what was before: 2026-01-31T10:15:00Z, or without a zone in that of --zone")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "leaves out this instant and what comes after it")
    private @Nullable String until;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "of times without one, Europe/Berlin or +01:00 (default: this machine's)")
    private @Nullable String zone;

    @Option(
            names = "--pattern-disconnect",
            paramLabel = "REGEX",
            description =
                    "lines that tell of a lost connection, in RE2 syntax, besides the known ones; may be repeated")
    private List<String> disconnects = new ArrayList<>();

    @Option(
            names = "--pattern-connect",
            paramLabel = "REGEX",
            description = "lines that tell of a logon, in RE2 syntax, besides the known ones; may be repeated")
    private List<String> connects = new ArrayList<>();

    /** What they say; a mistake is told through {@code usage}. */
    ReadOptions options(Function<String, ParameterException> usage) {
        try {
            ZoneId chosen = zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
            return ReadOptions.all(chosen)
                    .between(instant(since, chosen, Instant.MIN), instant(until, chosen, Instant.MAX))
                    .with(patterns(disconnects), patterns(connects));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw usage.apply(String.valueOf(e.getMessage()));
        }
    }

    private static Instant instant(@Nullable String text, ZoneId zone, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        }
    }

    private static List<Pattern> patterns(List<String> texts) {
        List<Pattern> patterns = new ArrayList<>();
        for (String each : texts) {
            if (each.length() > MOST_PATTERN) {
                throw new IllegalArgumentException("a pattern is longer than " + MOST_PATTERN + " characters");
            }
            try {
                patterns.add(Pattern.compile(each));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("a pattern is no regular expression: " + e.getMessage(), e);
            }
        }
        return patterns;
    }
}
