package io.holdfast.samples.demo.collision;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.holdfast.client.spi.Clock;
import io.holdfast.samples.demo.StatusEvent;
import io.holdfast.samples.demo.collision.Sighting.What;
import io.holdfast.samples.doctor.evidence.Party;
import java.util.Optional;

/**
 * Turns the broker's events about one name into sightings; a copy is known by the token that it was
 * configured to log on with. Pure but for the clock, which is asked only if an event has no time.
 */
final class StatusWatch {

    private final String name;
    private final Clock clock;

    /** A watch over this name. */
    StatusWatch(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** What this event tells; empty for what is about another name, another program, or no logon and no end. */
    Optional<Sighting> read(String json) throws JsonProcessingException {
        StatusEvent event = StatusEvent.parse(json);
        String token = Party.of(event.correlationId(), null).token();
        if (!event.clientName().equals(name) || token == null) {
            return Optional.empty();
        }
        return Copy.of(token)
                .flatMap(copy -> what(event)
                        .map(what -> new Sighting(event.time(clock.instant()), copy, what, event.connectionName())));
    }

    private static Optional<What> what(StatusEvent event) {
        return switch (event.event()) {
            case "logon" -> Optional.of(What.LOGGED_ON);
            case "disconnect" ->
                Optional.of(event.reason().equals(StatusEvent.NAME_IN_USE) ? What.EVICTED : What.ENDED);
            default -> Optional.empty();
        };
    }
}
