package io.holdfast.netty.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.DisconnectSource;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.Requests;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that stood still, and a peer that closed for it; with an interval of five seconds. */
class OwnSilenceStoryTest {

    private final EmbeddedSession session =
            EmbeddedSession.loggedOn(Requests.with(EmbeddedSession.request(), Heartbeat.every(Duration.ofSeconds(5))));

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void a_close_seen_before_our_late_beat_is_told_as_our_own_silence() {
        session.nextSent();
        standStill(Duration.ofMillis(14_200));

        session.cut();

        Disconnect end = session.ended();
        assertThat(end.cause()).isEqualTo(DisconnectCause.OWN_SILENCE);
        assertThat(end.source()).isEqualTo(DisconnectSource.CLIENT);
        assertThat(end.silence()).isEqualTo(Duration.ofMillis(14_200));
        assertThat(end.describe()).contains("this process sent nothing for 14.2 s, so the peer closed the connection");
    }

    @Test
    void a_close_seen_after_our_late_beat_is_told_the_same() {
        session.nextSent();
        session.pass(Duration.ofMillis(14_200));
        assertThat(session.nextSent()).as("the late beat").isNotNull();
        session.pass(Duration.ofMillis(50));

        session.cut();

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.OWN_SILENCE);
        assertThat(session.ended().silence()).isEqualTo(Duration.ofMillis(14_200));
    }

    @Test
    void a_reset_that_the_late_beat_runs_into_is_told_the_same_and_keeps_its_error() {
        session.nextSent();
        session.pass(Duration.ofSeconds(60));
        IOException reset = new IOException("Connection reset by peer");

        session.channel.pipeline().fireExceptionCaught(reset);

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.OWN_SILENCE);
        assertThat(session.ended().error()).containsSame(reset);
        assertThat(session.ended().describe()).contains("60.0 s", "Connection reset by peer");
    }

    @Test
    void a_silence_that_the_peer_has_borne_for_two_intervals_explains_nothing_any_more() {
        session.nextSent();
        session.pass(Duration.ofMillis(14_200));
        assertThat(session.nextSent()).as("the late beat").isNotNull();
        hearAndSpeakFor(Duration.ofSeconds(10));

        session.cut();

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
        assertThat(session.ended().silence()).isZero();
    }

    @Test
    void a_silence_that_ended_just_less_than_two_intervals_ago_still_does() {
        session.nextSent();
        session.pass(Duration.ofMillis(14_200));
        hearAndSpeakFor(Duration.ofSeconds(9));
        session.pass(Duration.ofMillis(999));

        session.cut();

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.OWN_SILENCE);
        assertThat(session.ended().silence()).isEqualTo(Duration.ofMillis(14_200));
    }

    @Test
    void two_intervals_are_allowed_and_a_moment_more_is_not() {
        session.nextSent();
        standStill(Duration.ofSeconds(10));
        assertThat(session.session.heartbeat().ownSilence()).isZero();

        standStill(Duration.ofNanos(1));
        assertThat(session.session.heartbeat().ownSilence()).isEqualTo(Duration.ofSeconds(10, 1));
    }

    @Test
    void an_idle_client_whose_beats_were_in_time_was_not_silent() {
        hearAndSpeakFor(Duration.ofMinutes(5));

        session.cut();

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
    }

    @Test
    void who_publishes_is_not_silent_however_late_its_timer_is() {
        session.nextSent();
        for (int i = 1; i <= 10; i++) {
            standStill(Duration.ofSeconds(9));
            session.connection.publish(PublishRequest.of(Topic.of("t"), Payload.utf8("x")), SequenceNumber.of(i));
            // the write alone: the timers have not run yet
            session.channel.runPendingTasks();
        }

        session.cut();

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
    }

    @Test
    void a_close_of_our_own_stays_one_after_any_silence() {
        session.nextSent();
        standStill(Duration.ofSeconds(60));

        session.connection.close(Duration.ZERO);

        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
        assertThat(session.ended().silence()).isZero();
    }

    @Test
    void without_heartbeats_no_silence_of_ours_can_end_a_connection() {
        try (EmbeddedSession quiet =
                EmbeddedSession.loggedOn(Requests.with(EmbeddedSession.request(), Heartbeat.OFF))) {
            quiet.pass(Duration.ofHours(1));

            quiet.cut();

            assertThat(quiet.ended().cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
        }
    }

    /** Time in which the event loop does nothing: neither timers nor the socket are looked at. */
    private void standStill(Duration time) {
        session.channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Time in which everybody keeps to the interval. */
    private void hearAndSpeakFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            session.pass(Duration.ofSeconds(1));
            session.receive("{\"c\":\"heartbeat\"}");
            while (session.nextSent() != null) {
                // taken off the wire
            }
        }
    }
}
