package io.holdfast.netty.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.Requests;
import io.holdfast.netty.WireText;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signs of life, with an interval of five seconds. */
class HeartbeatStoryTest {

    private static final String HEARTBEAT = "{\"c\":\"heartbeat\"}";

    private final EmbeddedSession session =
            EmbeddedSession.loggedOn(Requests.with(EmbeddedSession.request(), Heartbeat.every(Duration.ofSeconds(5))));

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void heartbeats_are_asked_for_as_soon_as_the_logon_is_answered() {
        assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("start,5");
        assertThat(session.nextSent()).isNull();
    }

    @Test
    void each_heartbeat_of_the_broker_is_answered() {
        session.nextSent();
        session.receive(HEARTBEAT);
        assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("beat");
        session.receive(HEARTBEAT);
        assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("beat");
    }

    @Test
    void heartbeats_that_come_at_once_are_answered_once_so_that_nothing_piles_up() {
        session.nextSent();
        session.receive(HEARTBEAT, HEARTBEAT, HEARTBEAT);
        assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("beat");
        assertThat(session.nextSent()).isNull();
    }

    @Test
    void a_beat_goes_out_when_we_were_silent_for_an_interval() {
        session.nextSent();
        session.pass(Duration.ofMillis(4_999));
        assertThat(session.nextSent()).isNull();
        session.pass(Duration.ofMillis(1));
        assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("beat");
    }

    @Test
    void who_publishes_needs_no_beat() {
        session.nextSent();
        session.pass(Duration.ofSeconds(4));
        session.connection.publish(PublishRequest.of(Topic.of("t"), Payload.utf8("x")), SequenceNumber.of(8));
        assertThat(session.nextSent()).contains("\"s\":8");
        session.pass(Duration.ofSeconds(4));
        assertThat(session.nextSent()).isNull();
        session.pass(Duration.ofSeconds(1));
        assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("beat");
    }

    @Test
    void a_silent_peer_is_noticed_after_two_intervals() {
        session.pass(Duration.ofMillis(9_999));
        assertThat(session.isOpen()).isTrue();
        session.pass(Duration.ofMillis(1));
        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
        assertThat(session.ended().lifetime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_part_of_a_frame_is_a_sign_of_life_too() {
        session.pass(Duration.ofSeconds(6));
        session.receiveBytes((byte) 0);
        session.pass(Duration.ofSeconds(6));
        assertThat(session.isOpen()).isTrue();
        session.pass(Duration.ofSeconds(4));
        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
    }

    @Test
    void a_watch_held_up_by_our_own_thread_first_looks_into_the_socket() {
        session.pass(Duration.ofSeconds(60));
        assertThat(session.isOpen())
                .as("the peer may well have spoken while we were away")
                .isTrue();
        session.receive(HEARTBEAT);
        session.pass(Duration.ofMillis(100));
        assertThat(session.isOpen()).isTrue();
        session.pass(Duration.ofMillis(9_900));
        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
    }

    @Test
    void while_reads_are_paused_silence_proves_nothing_but_our_beats_go_on() {
        session.nextSent();
        session.connection.pauseReads();
        for (int i = 0; i < 12; i++) {
            session.pass(Duration.ofSeconds(5));
            assertThat(WireText.field(session.nextSent(), "o")).isEqualTo("beat");
        }
        assertThat(session.isOpen()).isTrue();

        session.connection.resumeReads();
        session.channel.runPendingTasks();
        session.pass(Duration.ofMillis(9_999));
        assertThat(session.isOpen()).isTrue();
        session.pass(Duration.ofMillis(1));
        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
    }

    @Test
    void after_the_end_no_timer_is_left() {
        session.cut();
        session.pass(Duration.ofMinutes(5));
        assertThat(session.channel.runScheduledPendingTasks()).isEqualTo(-1);
        assertThat(session.ended().cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
    }
}
