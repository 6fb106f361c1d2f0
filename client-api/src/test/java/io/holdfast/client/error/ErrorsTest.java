package io.holdfast.client.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.DisconnectSource;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.Secret;
import java.lang.reflect.Modifier;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("tcp://alice:secret@amps1:9007/amps");

    @Property
    void escaped_text_stays_on_one_line_within_its_quotes_and_bounded(@ForAll String text) {
        String escaped = Untrusted.escape(text);

        assertThat(escaped.chars().anyMatch(Character::isISOControl)).isFalse();
        assertThat(escaped).doesNotContain("\u2028", "\u2029", "\u202e");
        assertThat(escaped.replace("\\\\", "").replace("\\\"", "")).doesNotContain("\"");
        assertThat(escaped.length()).isLessThan(6 * Untrusted.MAX_LENGTH + 40);
    }

    @Test
    void a_forged_log_line_in_a_client_name_is_shown_as_text() {
        LogonRefusedException e = new LogonRefusedException(ENDPOINT, "x\n2026-01-01 ERROR all is lost", "name in use");

        assertThat(e.getMessage()).doesNotContain("\n").contains("x\\n2026");
        assertThat(e.isNameInUse()).isTrue();
        assertThat(e.getMessage()).contains("give each program a name of its own");
    }

    @Test
    void every_leaf_is_final_and_says_whether_trying_again_can_help() throws Exception {
        for (Class<?> leaf : MessagingException.class.getPermittedSubclasses()) {
            assertThat(Modifier.isFinal(leaf.getModifiers())).as(leaf.getName()).isTrue();
            assertThat(leaf.getDeclaredMethod("isRetryable").getReturnType()).isEqualTo(boolean.class);
        }
    }

    @Test
    void every_cause_of_a_disconnect_has_a_source_and_words() {
        for (DisconnectCause cause : DisconnectCause.values()) {
            Disconnect end = new Disconnect(ENDPOINT, "n", cause, null, Duration.ofMillis(1500));

            assertThat(end.source()).isIn((Object[]) DisconnectSource.values());
            assertThat(end.describe()).endsWith(" 1500 ms after logon");
            assertThat(new DisconnectedException(end)).hasMessageContaining("tcp://amps1:9007");
        }
    }

    @Test
    void a_silence_of_our_own_is_told_with_its_length() {
        Disconnect end = new Disconnect(
                ENDPOINT, "n", DisconnectCause.OWN_SILENCE, null, Duration.ofMinutes(1), Duration.ofMillis(14_240));

        assertThat(end.describe())
                .isEqualTo(
                        "this process sent nothing for 14.2 s, so the peer closed the connection 60000 ms after logon");
        assertThat(end.source()).isEqualTo(DisconnectSource.CLIENT);
        assertThat(new Disconnect(ENDPOINT, "n", DisconnectCause.PEER_CLOSED, null, Duration.ZERO).silence())
                .isZero();
        assertThatThrownBy(() -> new Disconnect(
                        ENDPOINT, "n", DisconnectCause.OWN_SILENCE, null, Duration.ZERO, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_that_holds_a_password_shows_it() {
        assertThat(Secret.of("hunter2").toString()).doesNotContain("hunter2");
        assertThat(Credentials.of("u", "hunter2").toString()).doesNotContain("hunter2");
        assertThat(ENDPOINT.toString()).isEqualTo("tcp://alice:****@amps1:9007/amps/json");
    }
}
