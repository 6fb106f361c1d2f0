package io.holdfast.samples.demo.collision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a copy writes: transitions as JSON on stdout, log lines on stderr. Pure. */
final class ChildLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LOG = Pattern.compile("^(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) .*?\\b(HF-\\d{4} .*)$");
    private static final Map<String, What> STATES = Map.of("PROBATION", What.CONNECTED, "STANDBY", What.STANDS_BY);
    private static final Map<String, What> CODES = Map.of(
            "HF-3002", What.SUSPECTS,
            "HF-3003", What.VERDICT,
            "HF-3005", What.YIELDS,
            "HF-3006", What.TAKES_OVER);

    private ChildLines() {}

    /** A line of {@code hold}; empty if it is no transition that matters here. */
    static Optional<Sighting> transition(Copy copy, String line) {
        try {
            JsonNode node = JSON.readTree(line);
            What what = STATES.get(node.path("state").asText());
            return what == null || !node.path("event").asText().equals("transition")
                    ? Optional.empty()
                    : Optional.of(new Sighting(Instant.parse(node.path("at").asText()), copy, what, ""));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty(); // not a line of ours
        }
    }

    /**
     * A line of the log; empty if it has no code that matters here.
     *
     * @param arrived when it was read, in the zone that the log's times are in: these have no date
     */
    static Optional<Sighting> log(Copy copy, String line, ZonedDateTime arrived) {
        Matcher found = LOG.matcher(line);
        What what = found.find() ? CODES.get(found.group(2).substring(0, 7)) : null;
        return what == null
                ? Optional.empty()
                : Optional.of(new Sighting(at(LocalTime.parse(found.group(1)), arrived), copy, what, found.group(2)));
    }

    /** The latest instant at this time of day that is not after the arrival, but for a fraction that was cut off. */
    private static Instant at(LocalTime time, ZonedDateTime arrived) {
        ZoneId zone = arrived.getZone();
        ZonedDateTime at = arrived.toLocalDate().atTime(time).atZone(zone);
        return (at.isAfter(arrived.plusSeconds(1)) ? at.minusDays(1) : at).toInstant();
    }
}
