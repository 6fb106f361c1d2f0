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
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.PublishInStandby;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.internal.driver.HaDriver;
import io.holdfast.ha.internal.naming.NameDriver;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        assertThat(logon.clientName()).isEqualTo("c~diag-00000000000000aa");
        assertThat(IdentityStamp.parse(logon.correlationId().value())
                        .orElseThrow()
                        .nonce())
                .isEqualTo("00000000000000aa");

        story.client.close(Duration.ofSeconds(1));
        assertThat(control().closed()).isCompleted();
        assertThat(story.time.waiting()).as("timers").isZero();
    }
}
