package io.holdfast.samples.demo.collision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The broker's events, and the lines of the copies, as they really look. */
class WhatIsReadTest {

    private static final ZonedDateTime ARRIVED = ZonedDateTime.parse("2026-01-20T10:15:30.500+01:00[Europe/Berlin]");

    @Test
    void a_logon_and_an_eviction_are_told_by_the_broker() throws Exception {
        StatusWatch watch = new StatusWatch("orders", Clock.system());
        assertThat(watch.read(status("logon", "orders", "copyB", "null")))
                .contains(new Sighting(Instant.parse("2026-01-20T09:15:30.000250Z"), Copy.B, What.LOGGED_ON, "c-1"));
        assertThat(watch.read(status("disconnect", "orders", "copyA", "\"name in use\"")))
                .get()
                .extracting(Sighting::what)
                .isEqualTo(What.EVICTED);
        assertThat(watch.read(status("disconnect", "orders", "copyA", "\"connection closed\"")))
                .get()
                .extracting(Sighting::what)
                .isEqualTo(What.ENDED);
    }

    @Test
    void other_names_and_strangers_are_none_of_its_business() throws Exception {
        StatusWatch watch = new StatusWatch("orders", Clock.system());
        assertThat(watch.read(status("logon", "orders~diag-1", "copyB", "null")))
                .isEmpty();
        assertThat(watch.read(status("logon", "orders", "somebody", "null"))).isEmpty();
        assertThat(watch.read(status("subscribe", "orders", "copyB", "null"))).isEmpty();
        assertThat(watch.read("{\"other\":1}")).isEmpty();
    }

    @Test
    void a_copy_reports_its_transitions() {
        assertThat(
                        ChildLines.transition(
                                Copy.A,
                                "{\"at\":\"2026-01-20T09:15:30.126Z\",\"event\":\"transition\",\"state\":\"STANDBY\",\"name\":\"orders\"}"))
                .contains(new Sighting(Instant.parse("2026-01-20T09:15:30.126Z"), Copy.A, What.STANDS_BY, ""));
        assertThat(
                        ChildLines.transition(
                                Copy.A,
                                "{\"at\":\"2026-01-20T09:15:31Z\",\"event\":\"traffic\",\"state\":\"STANDBY\",\"name\":\"orders\"}"))
                .isEmpty();
        assertThat(ChildLines.transition(Copy.A, "not JSON")).isEmpty();
    }

    @Test
    void a_log_line_is_known_by_its_code_and_gets_the_date_of_its_arrival() {
        String line = "10:15:30.123 ERROR i.h.h.i.n.NameDriver  HF-3003 name-collision confirmed client_name=orders";
        assertThat(ChildLines.log(Copy.B, line, ARRIVED))
                .contains(new Sighting(
                        Instant.parse("2026-01-20T09:15:30.123Z"),
                        Copy.B,
                        What.VERDICT,
                        "HF-3003 name-collision confirmed client_name=orders"));
        assertThat(ChildLines.log(Copy.B, line.replace("HF-3003", "HF-2201"), ARRIVED))
                .isEmpty();
        assertThat(ChildLines.log(Copy.B, "Exception in thread main", ARRIVED)).isEmpty();
    }

    @Test
    void a_line_written_before_midnight_and_read_after_it_is_of_the_day_before() {
        ZonedDateTime justAfter = ZonedDateTime.parse("2026-01-20T00:00:00.010Z");
        assertThat(ChildLines.log(Copy.A, "23:59:59.990 WARN  x  HF-3002 name-collision suspected", justAfter))
                .get()
                .extracting(Sighting::at)
                .isEqualTo(Instant.parse("2026-01-19T23:59:59.990Z"));
    }

    @Test
    void what_does_not_come_in_time_is_named() {
        Sightings sightings = new Sightings();
        assertThatThrownBy(() -> sightings.await("the takeover", Duration.ofMillis(1), seen -> Optional.empty()))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.TIMEOUT))
                .hasMessageContaining("the takeover did not come");
    }

    @Test
    void a_copy_that_ends_by_itself_ends_every_wait() {
        Sightings sightings = new Sightings();
        sightings.fail(new CommandFailure(ExitCode.UNEXPECTED, "copy A ended"));
        sightings.fail(new CommandFailure(ExitCode.INTERRUPTED, "later"));
        assertThatThrownBy(() -> sightings.await("the takeover", Duration.ofMinutes(1), seen -> Optional.empty()))
                .hasMessage("copy A ended");
    }

    private static String status(String event, String name, String token, String reason) {
        String stamp = IdentityStamp.ofNonce("00000000000000ff")
                .withApplication(CorrelationId.of(token))
                .toCorrelationId()
                .value();
        return "{\"ClientStatus\":{\"timestamp\":\"20260120T091530.000250Z\",\"event\":\"" + event
                + "\",\"client_name\":\"" + name + "\",\"connection_name\":\"c-1\",\"correlation_id\":\"" + stamp
                + "\",\"reason\":" + reason + "}}";
    }
}
