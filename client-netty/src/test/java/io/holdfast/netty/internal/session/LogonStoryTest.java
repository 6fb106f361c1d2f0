package io.holdfast.netty.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.netty.Requests;
import io.holdfast.netty.WireText;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** From the open socket to the broker's answer. */
class LogonStoryTest {

    private static final String RETRY =
            "{\"c\":\"ack\",\"cid\":\"0\",\"a\":\"processed\",\"status\":\"retry\",\"user_id\":\"u\",\"pw\":\"challenge\"}";

    @Test
    void the_answer_makes_the_session_and_the_handler_is_gone() {
        try (EmbeddedSession session = new EmbeddedSession(EmbeddedSession.request())) {
            String logon = session.nextSent();
            assertThat(WireText.field(logon, "client_name")).isEqualTo("alice");
            assertThat(WireText.field(logon, "cid")).isEqualTo("0");
            assertThat(session.stages).containsExactly(Stage.AUTHENTICATION, Stage.LOGON);

            session.receive(WireText.LOGON_ACK, WireText.message("t", "first"));

            assertThat(session.logon.lastSequence()).isEqualTo(SequenceNumber.of(7));
            assertThat(session.logon.brokerVersion()).isEqualTo("broker-1");
            assertThat(session.channel.pipeline().get(LogonHandler.class)).isNull();
            assertThat(session.sink.bodies).containsExactly("first");
        }
    }

    @Test
    void a_refusal_carries_the_brokers_reason_verbatim() {
        try (EmbeddedSession session = new EmbeddedSession(EmbeddedSession.request())) {
            session.receive(
                    "{\"c\":\"ack\",\"cid\":\"0\",\"a\":\"processed\",\"status\":\"failure\",\"reason\":\"name in use\"}");
            assertThat(session.failure).isInstanceOfSatisfying(LogonRefusedException.class, refused -> {
                assertThat(refused.reason()).isEqualTo("name in use");
                assertThat(refused.isNameInUse()).isTrue();
            });
        }
    }

    @Test
    void a_second_round_uses_what_the_broker_sent() {
        Rounds rounds = new Rounds();
        try (EmbeddedSession session = new EmbeddedSession(Requests.with(EmbeddedSession.request(), rounds))) {
            assertThat(WireText.field(session.nextSent(), "pw")).isEqualTo("round-0");
            session.receive(RETRY);
            assertThat(WireText.field(session.nextSent(), "pw")).isEqualTo("round-1");
            assertThat(rounds.challenges).containsExactly(Credentials.of("u", "challenge"));
            session.receive(WireText.LOGON_ACK);
            assertThat(session.logon).isNotNull();
        }
    }

    @Test
    void a_broker_cannot_keep_us_asking_for_ever() {
        Rounds rounds = new Rounds();
        try (EmbeddedSession session = new EmbeddedSession(Requests.with(EmbeddedSession.request(), rounds))) {
            for (int i = 0; i <= Authenticator.MAX_RETRIES; i++) {
                session.receive(RETRY);
            }
            assertThat(rounds.challenges).hasSize(Authenticator.MAX_RETRIES);
            assertThat(session.failure)
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            failed -> assertThat(failed.stage()).isEqualTo(Stage.AUTHENTICATION));
        }
    }

    @Test
    void credentials_may_come_later() {
        CompletableFuture<Credentials> ticket = new CompletableFuture<>();
        try (EmbeddedSession session =
                new EmbeddedSession(Requests.with(EmbeddedSession.request(), endpoint -> ticket))) {
            assertThat(session.nextSent()).isNull();
            ticket.complete(Credentials.of("u", "ticket"));
            assertThat(WireText.field(session.nextSent(), "pw")).isEqualTo("ticket");
        }
    }

    @Test
    void an_authenticator_that_fails_or_throws_ends_the_attempt() {
        for (Authenticator bad : List.<Authenticator>of(
                endpoint -> CompletableFuture.failedFuture(new IllegalStateException("no ticket")), endpoint -> {
                    throw new IllegalStateException("no ticket");
                })) {
            try (EmbeddedSession session = new EmbeddedSession(Requests.with(EmbeddedSession.request(), bad))) {
                assertThat(session.failure)
                        .isInstanceOf(ConnectFailedException.class)
                        .hasMessageContaining("AUTHENTICATION")
                        .hasMessageContaining("no ticket");
            }
        }
    }

    @Test
    void a_close_before_the_answer_is_a_failure() {
        try (EmbeddedSession session = new EmbeddedSession(EmbeddedSession.request())) {
            session.cut();
            assertThat(session.failure).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void heartbeats_before_the_answer_are_ignored() {
        try (EmbeddedSession session = new EmbeddedSession(EmbeddedSession.request())) {
            session.nextSent();
            session.receive("{\"c\":\"heartbeat\"}", WireText.LOGON_ACK);
            assertThat(session.logon).isNotNull();
        }
    }

    @Test
    void anything_else_before_the_answer_breaks_the_protocol() {
        try (EmbeddedSession session = new EmbeddedSession(EmbeddedSession.request())) {
            session.receive(WireText.message("t", "too early"), WireText.LOGON_ACK);
            assertThat(violation(session)).isEqualTo(Violation.UNEXPECTED_COMMAND);
            assertThat(session.logon).isNull();
        }
        try (EmbeddedSession session = new EmbeddedSession(EmbeddedSession.request())) {
            session.receive(WireText.ack("1", "processed", "success"));
            assertThat(violation(session)).isEqualTo(Violation.ACK_FOR_NOBODY);
        }
    }

    private static Violation violation(EmbeddedSession session) {
        assertThat(session.failure).isInstanceOf(ProtocolException.class);
        return ((ProtocolException) session.failure).violation();
    }

    /** Answers round {@code n} with password {@code round-n}. */
    private static final class Rounds implements Authenticator {

        final List<Credentials> challenges = new ArrayList<>();

        @Override
        public CompletionStage<Credentials> authenticate(Endpoint endpoint) {
            return CompletableFuture.completedFuture(Credentials.of("u", "round-0"));
        }

        @Override
        public CompletionStage<Credentials> retry(Endpoint endpoint, Credentials challenge, Ack ack) {
            challenges.add(challenge);
            return CompletableFuture.completedFuture(Credentials.of("u", "round-" + challenges.size()));
        }
    }
}
