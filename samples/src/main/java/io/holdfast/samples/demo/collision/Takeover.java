package io.holdfast.samples.demo.collision;

import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the name passed from a killed holder to the copy that stood by.
 *
 * @param heir who has the name now
 * @param killed when the holder's process was killed
 * @param ended when the broker saw the end of its connection
 * @param loggedOn when the broker took the heir's logon
 * @param connected when the heir reported to be connected
 */
record Takeover(Copy heir, Instant killed, Instant ended, Instant loggedOn, Instant connected) {

    /** What these sightings amount to; empty as long as a step of it is missing. */
    static Optional<Takeover> of(List<Sighting> seen, Copy heir) {
        Optional<Instant> killed = after(seen, heir.other(), What.KILLED, Instant.MIN);
        Optional<Instant> ended = killed.flatMap(at -> after(seen, heir.other(), What.ENDED, at));
        Optional<Instant> loggedOn = ended.flatMap(at -> after(seen, heir, What.LOGGED_ON, at));
        // The broker may note a logon a moment after it has answered it, so this one is not looked for after it.
        return ended.filter(at -> loggedOn.isPresent())
                .flatMap(at -> after(seen, heir, What.CONNECTED, at))
                .map(connected -> new Takeover(
                        heir, killed.orElseThrow(), ended.orElseThrow(), loggedOn.orElseThrow(), connected));
    }

    /** From the broker's seeing the end of the one to its taking the logon of the other. */
    Duration vacant() {
        return Duration.between(ended, loggedOn);
    }

    private static Optional<Instant> after(List<Sighting> seen, Copy copy, What what, Instant from) {
        return seen.stream()
                .filter(each -> each.copy() == copy && each.what() == what)
                .map(Sighting::at)
                .filter(at -> !at.isBefore(from))
                .findFirst();
    }
}
