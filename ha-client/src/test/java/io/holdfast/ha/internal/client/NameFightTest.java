package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.NameCollisionException;
import io.holdfast.client.error.TakeOverRefusedException;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.collision.PublishInStandby;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.internal.driver.HaDriver;
import io.holdfast.ha.internal.naming.NameDriver;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A client whose name another program takes again and again, with a broker that a test plays. */
class NameFightTest {

    private static final IdentityStamp RIVAL = IdentityStamp.ofNonce("00000000000000ff");

    private final List<Logger> logs = List.of(
            (Logger) LoggerFactory.getLogger(NameDriver.class), (Logger) LoggerFactory.getLogger(HaDriver.class));
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Story story = story(CollisionOptions.DEFAULTS);

    private static Story story(CollisionOptions options) {
        return Story.named(options, PublishStoreOptions.memory(), diagnosis -> Decision.FAIL);
    }

    @BeforeEach
    void listen() {
        lines.start();
        logs.forEach(log -> log.addAppender(lines));
    }

    @AfterEach
    void ignore() {
        logs.forEach(log -> log.detachAppender(lines));
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private FakeConnection control() {
        return story.controls().connection();
    }

    private int logons() {
        return story.connector.attempts().size();
    }

    private String ownStamp() {
        return story.connector.attempt().request().logon().correlationId().value();
    }

    private void status(String event, String stamp, String reason) {
        control()
                .deliver(FakeMessage.of(
                        "name-watch",
                        "{\"ClientStatus\":{\"event\":\"" + event + "\",\"client_name\":\"c\",\"connection_name\":\"x"
                                + stamp.hashCode()
                                + "\",\"client_address\":\"10.0.0.9:4711\",\"correlation_id\":\"" + stamp
                                + "\",\"reason\":" + reason
                                + "}}"));
    }

    /** The broker lets the rival in, and us out; whoever watches is told. */
    private void evict() {
        if (!story.controls().attempts().isEmpty()) {
            status("logon", ownStamp(), "null");
            status("logon", RIVAL.toCorrelationId().value(), "null");
            status("disconnect", ownStamp(), "\"name in use\"");
        }
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
    }

    private void untilConnected() {
        for (int i = 0; i < 100 && !story.client.state().isConnected(); i++) {
            story.time.advance(Duration.ofMillis(250));
        }
        assertThat(story.client.state().isConnected()).as("%s", story.client).isTrue();
    }

    private void loseTheName() {
        story.connect();
        for (int i = 0; i < 12 && story.client.name().equals("c"); i++) {
            evict();
            for (int t = 0; t < 100 && !story.client.state().isConnected(); t++) {
                if (story.client.state() == ClientState.STANDBY
                        || story.client.state().isTerminal()) {
                    return;
                }
                story.time.advance(Duration.ofMillis(250));
            }
        }
    }

    @Test
    void after_a_few_evictions_it_stands_by_and_says_who_has_the_name() {
        loseTheName();

        assertThat(story.client.state()).isEqualTo(ClientState.STANDBY);
        assertThat(story.client.nameStatus().state()).isEqualTo(NameStatus.State.STANDBY);
        CollisionDiagnosis diagnosis = story.client.nameStatus().diagnosis().orElseThrow();
        assertThat(diagnosis.parties().rival().address()).isEqualTo("10.0.0.9:4711");
        assertThat(said())
                .filteredOn(line -> line.startsWith("HF-3003"))
                .singleElement()
                .asString()
                .contains("client_name=c", "rival_address=10.0.0.9:4711", "fix=");
        assertThat(story.told()).contains("collision standby", "BACKOFF>STANDBY NameCollisionException");
        int before = logons();
        story.time.advance(Duration.ofMinutes(20));
        assertThat(logons()).as("it does not log on while it sees the holder").isEqualTo(before);
        assertThat(before)
                .as("four evictions to be sure, three that the winner bears, and the one it yields at")
                .isLessThanOrEqualTo(8);
    }

    @Test
    void the_name_is_taken_over_when_its_holder_goes() {
        loseTheName();
        int before = logons();
        status("disconnect", RIVAL.toCorrelationId().value(), "\"connection closed\"");
        story.time.advance(Duration.ofMillis(1_100));

        assertThat(logons()).isEqualTo(before + 1);
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        status("logon", ownStamp(), "null");
        story.time.advance(Duration.ofMinutes(12));
        assertThat(story.client.nameStatus().state()).isEqualTo(NameStatus.State.UNDISPUTED);
        assertThat(said().stream().map(line -> line.substring(0, 7)))
                .as("that it logs on, that it is connected, and that it has kept the name")
                .containsSubsequence("HF-3005", "HF-3006", "HF-2201", "HF-3007");
    }

    @Test
    void publishes_are_rejected_in_standby_and_what_was_written_is_in_doubt_afterwards() {
        story.connect();
        PublishResult written = story.publish("written");
        loseTheName();

        assertThatThrownBy(() -> story.publish("late"))
                .isInstanceOf(NameCollisionException.class)
                .hasMessageContaining("10.0.0.9:4711");
        status("disconnect", RIVAL.toCorrelationId().value(), "\"connection closed\"");
        story.time.advance(Duration.ofMillis(1_100));
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        assertThat(story.written()).as("nobody knows what became of it").isEmpty();
        assertThat(story.client.publishing().inDoubt()).isEqualTo(1);
        assertThat(story.told()).contains("in doubt [" + written.id() + "] HOLD");
        assertThat(story.client.resolveInDoubt(InDoubt.Resolution.RESEND)).isEqualTo(1);
        assertThat(story.written()).containsExactly("written");
    }

    @Test
    void publishes_are_stored_in_standby_if_that_is_wanted() {
        story = story(CollisionOptions.DEFAULTS.withPublishInStandby(PublishInStandby.STORE));
        loseTheName();
        story.publish("late");
        status("disconnect", RIVAL.toCorrelationId().value(), "\"connection closed\"");
        story.time.advance(Duration.ofMillis(1_100));

        assertThat(story.written()).containsExactly("late");
    }

    @Test
    void an_operator_takes_the_name_over_but_not_all_the_time() {
        loseTheName();
        CompletableFuture<LogonResult> taken = story.client.takeOverAsync().toCompletableFuture();

        assertThat(taken).isCompleted();
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        assertThatThrownBy(() -> story.client.takeOver(Duration.ofSeconds(1)))
                .isInstanceOf(TakeOverRefusedException.class)
                .hasMessageContaining("ms");
    }

    @Test
    void with_policy_fail_it_fails_and_says_why() {
        story = story(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.FAIL));
        loseTheName();

        assertThat(story.client.state()).isEqualTo(ClientState.FAILED);
        assertThatThrownBy(() -> story.client.flush(Duration.ofSeconds(1))).isInstanceOf(NameCollisionException.class);
        assertThat(control().closed()).isCompleted();
    }

    @Test
    void with_policy_callback_the_application_decides() {
        story = story(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.CALLBACK));
        loseTheName();
        assertThat(story.client.state()).isEqualTo(ClientState.STANDBY);
        story.told();

        assertThat(story.client.state()).as("the handler said so").isEqualTo(ClientState.FAILED);
    }

    @Test
    void with_policy_rename_a_client_without_a_store_goes_on_under_another_name() {
        story = Story.named(
                CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.RENAME), PublishStoreOptions.none(), null);
        loseTheName();
        untilConnected();

        assertThat(story.client.name()).isEqualTo("c~00000000");
        assertThat(story.connector.attempt().request().logon().clientName()).isEqualTo("c~00000000");
        assertThat(control().closed()).isCompleted();
        assertThat(said()).anyMatch(line -> line.startsWith("HF-3011 client-renamed"));
    }

    @Test
    void a_refused_logon_for_the_name_is_a_proof() {
        story = Story.reconnecting(FakeConnector.manual(), Reconnect.always());
        var unused = story.client.connectAsync();
        story.connector.attempt().fail(new LogonRefusedException(Story.SERVER, "c", "name in use"));

        assertThat(story.client.state()).isEqualTo(ClientState.STANDBY);
    }

    @Test
    void the_control_watches_under_a_name_of_its_own_and_ends_with_the_client() {
        loseTheName();
        var logon = story.controls().attempt().request().logon();
        assertThat(logon.clientName()).matches("c~diag-00000000000000aa(-1)?"); // by the server that was chosen
        assertThat(IdentityStamp.parse(logon.correlationId().value())
                        .orElseThrow()
                        .nonce())
                .isEqualTo("00000000000000aa");

        story.client.close(Duration.ofSeconds(1));
        assertThat(control().closed()).isCompleted();
        assertThat(story.time.waiting()).as("timers").isZero();
    }

    @Test
    void a_foreign_sequence_in_an_ack_is_told_as_a_silent_collision_and_the_messages_stay() {
        story.connect();
        story.time.advance(Duration.ofMinutes(10));
        story.publish("kept");
        story.broker().persist(story.sequence(1) + 4_001);

        assertThat(said()).anyMatch(line -> line.startsWith("HF-3008 silent-collision client_name=c "));
        assertThat(story.told()).contains("collision stay");
        assertThat(story.client.publishing().stored()).isEqualTo(1);
        story.time.advance(Duration.ofHours(1));
        assertThat(story.client.state().isConnected()).isTrue();
        assertThat(story.client.nameStatus().state()).isEqualTo(NameStatus.State.CONFIRMED);
        assertThat(story.client.nameStatus().diagnosis()).isPresent();
    }

    @Test
    void where_client_status_is_not_readable_the_verdict_says_less_and_says_so() {
        story.steps.hideLogons();
        story.controls().answerWith(sent -> {
            if (sent.command().type() == CommandType.SUBSCRIBE) {
                sent.refuse("not entitled");
            } else {
                sent.succeed();
            }
        });
        story.connect();
        for (int i = 0; i < 12 && story.client.state() != ClientState.STANDBY; i++) {
            story.time.advance(Duration.ofMillis(200));
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
            untilLoggedOnOrStandingBy(logons());
        }

        assertThat(story.client.state()).isEqualTo(ClientState.STANDBY);
        assertThat(said())
                .anyMatch(line -> line.startsWith("HF-3009 client-status-unreadable client_name=c")
                        && line.contains("/AMPS/ClientStatus"))
                .anyMatch(line -> line.startsWith("HF-3003")
                        && line.contains("proof=quiet-logon-closed control=unreadable rival_host=-"));
    }

    @Test
    void a_flight_recording_shows_the_fight(@TempDir Path folder) throws IOException {
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable("io.holdfast.NameCollision");
            recording.enable("io.holdfast.NameStatus");
            recording.start();
            loseTheName();
            recording.stop();
            Path file = folder.resolve("fight.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }

        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.holdfast.NameCollision"))
                .isNotEmpty()
                .allMatch(event -> event.getString("clientName").equals("c"))
                .anyMatch(event -> event.getString("proof").equals("foreign-nonce")
                        && event.getString("rival").equals("10.0.0.9:4711")
                        && event.getString("decision").equals("standby")
                        && event.getInt("evictions") >= 3);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.holdfast.NameStatus"))
                .extracting(event -> event.getString("state"))
                .contains("NONE", "SUSPECTED", "CONFIRMED", "STANDBY");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.holdfast.NameStatus"))
                .anyMatch(event -> event.getDouble("fast") >= 2);
    }

    @Test
    void a_handler_that_throws_leaves_the_client_standing_by() {
        Story.HandlerCalls calls = new Story.HandlerCalls(diagnosis -> {
            throw new IllegalStateException("no idea");
        });
        story = Story.named(
                CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.CALLBACK), PublishStoreOptions.memory(), calls);
        loseTheName();
        story.told();

        assertThat(calls.count()).isEqualTo(1);
        assertThat(story.client.state()).isEqualTo(ClientState.STANDBY);
        assertThat(said())
                .anyMatch(line -> line.startsWith("HF-3012 collision-handler-failed client_name=c"))
                .anyMatch(line -> line.startsWith("HF-3010") && line.contains("no idea"));
    }

    @Test
    void a_handler_that_was_not_asked_yet_is_not_asked_once_the_client_is_closed() {
        Story.HandlerCalls calls = new Story.HandlerCalls(diagnosis -> Decision.FAIL);
        story = Story.named(
                CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.CALLBACK), PublishStoreOptions.memory(), calls);
        loseTheName();
        story.client.close(Duration.ofSeconds(1));
        story.told();

        assertThat(calls.count()).isZero();
    }

    @Test
    void two_servers_that_may_be_one_broker_get_controls_of_two_names() {
        story = story(CollisionOptions.DEFAULTS.withWatch(CollisionWatch.ALWAYS));
        story.connect();

        assertThat(story.controls().attempts())
                .extracting(attempt -> attempt.request().logon().clientName())
                .containsExactlyInAnyOrder("c~diag-00000000000000aa", "c~diag-00000000000000aa-1");
    }

    @Test
    void a_connector_that_breaks_on_controls_costs_the_controls_only() {
        story.steps.failControls(new NoClassDefFoundError("a/part/that/is/missing"));
        story.connect();
        for (int i = 0; i < 3; i++) {
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
            for (int t = 0; t < 12 && !story.client.state().isConnected(); t++) {
                story.time.advance(Duration.ofMillis(250));
            }
            assertThat(story.client.state().isConnected()).as("after 3 s").isTrue();
        }

        assertThat(story.client.nameStatus().state()).isEqualTo(NameStatus.State.SUSPECTED);
        assertThat(said()).noneMatch(line -> line.startsWith("HF-1015"));
        story.client.close(Duration.ofSeconds(1));
        assertThat(story.time.waiting()).as("timers").isZero();
        assertThat(said()).noneMatch(line -> line.startsWith("HF-1014"));
    }

    @Test
    void publishes_are_rejected_too_while_a_takeover_is_not_answered() {
        loseTheName();
        story.connector.becomeManual();
        CompletableFuture<LogonResult> taken = story.client.takeOverAsync().toCompletableFuture();
        assertThat(story.client.state()).isEqualTo(ClientState.CONNECTING);

        assertThatThrownBy(() -> story.publish("late"))
                .isInstanceOf(NameCollisionException.class)
                .hasMessageContaining("10.0.0.9:4711");
        assertThat(story.client.publishing().stored()).isZero();
        story.connector.attempt().succeed();
        assertThat(taken).isCompleted();
        assertThat(story.publish("now").sequence()).isNotNull();
    }

    /** A quiet logon is one too, and its session is not connected yet. */
    private void untilLoggedOnOrStandingBy(int before) {
        for (int t = 0; t < 200 && logons() == before && story.client.state() != ClientState.STANDBY; t++) {
            story.time.advance(Duration.ofMillis(250));
        }
    }
}
