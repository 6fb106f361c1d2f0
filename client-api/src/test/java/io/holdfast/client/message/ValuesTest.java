package io.holdfast.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be sent cannot be made. */
class ValuesTest {

    @Test
    void a_topic_knows_whether_a_broker_would_take_it_for_a_pattern() {
        assertThat(Topic.of("orders").isPattern()).isFalse();
        assertThat(Topic.of("/AMPS/ClientStatus").isPattern()).isFalse();
        assertThat(Topic.of("^orders$").isPattern()).isTrue();
        assertThat(Topic.of("a.b").isPattern()).isTrue();
    }

    @Test
    void a_topic_gives_its_utf8_form_byte_by_byte() {
        Topic topic = Topic.of("prix-€");
        byte[] expected = "prix-€".getBytes(StandardCharsets.UTF_8);

        assertThat(topic.utf8Length()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(topic.utf8At(i)).isEqualTo(expected[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000"})
    void a_topic_without_a_name_or_with_control_characters_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a b", "all", "é"})
    void a_subscription_id_that_would_break_a_list_is_refused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> SubscriptionId.of(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "a b", "é", "a\n"})
    void a_correlation_id_outside_the_base64_alphabet_is_refused(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorrelationId.of(token));
    }

    @Test
    void numbers_below_zero_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SequenceNumber.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> CommandId.of(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.builder(CommandType.SOW).batchSize(10_001));
    }

    @Property
    void a_payload_is_the_bytes_it_was_made_of_whatever_happens_to_them_later(@ForAll byte[] bytes) {
        byte[] mine = bytes.clone();
        Payload payload = Payload.of(mine);
        java.util.Arrays.fill(mine, (byte) 7);

        assertThat(payload.length()).isEqualTo(bytes.length);
        assertThat(payload.toBytes()).isEqualTo(bytes);
        assertThat(payload.asByteBuffer().isReadOnly()).isTrue();
    }

    @Test
    void a_copied_message_stays_when_its_view_moves_on() {
        MutableMessage view = new MutableMessage("orders", "one");
        Message kept = view.copy();
        view.move("other", "two");

        assertThat(kept.topic()).isEqualTo(Topic.of("orders"));
        assertThat(kept.payload().utf8()).isEqualTo("one");
        assertThat(kept.copy()).isSameAs(kept);
    }

    @Test
    void a_command_is_answered_by_processed_or_by_the_last_ack_it_asks_for() {
        assertThat(Command.builder(CommandType.SUBSCRIBE)
                        .acks(AckType.COMPLETED, AckType.PROCESSED)
                        .build()
                        .replyOn())
                .isEqualTo(AckType.PROCESSED);
        assertThat(Command.builder(CommandType.FLUSH)
                        .acks(AckType.RECEIVED, AckType.COMPLETED)
                        .build()
                        .replyOn())
                .isEqualTo(AckType.COMPLETED);
        assertThat(Command.builder(CommandType.FLUSH).acks(List.of()).build().replyOn())
                .isNull();
    }

    @Test
    void a_builder_used_again_does_not_reach_what_it_built() {
        Command.Builder builder = Command.builder(CommandType.SOW).filter("/a = 1");
        Command first = builder.build();
        builder.filter("/a = 2");

        assertThat(first.filter()).isEqualTo("/a = 1");
    }

    /** A view that changes under its reader, as a transport's does. */
    private static final class MutableMessage implements Message {
        private String topic;
        private String payload;

        MutableMessage(String topic, String payload) {
            this.topic = topic;
            this.payload = payload;
        }

        void move(String newTopic, String newPayload) {
            topic = newTopic;
            payload = newPayload;
        }

        @Override
        public CommandType type() {
            return CommandType.PUBLISH;
        }

        @Override
        public Topic topic() {
            return Topic.of(topic);
        }

        @Override
        public Payload payload() {
            return Payload.utf8(payload);
        }

        @Override
        public String subscriptionIds() {
            return "1";
        }

        @Override
        public Optional<Bookmark> bookmark() {
            return Optional.empty();
        }

        @Override
        public Optional<String> sowKey() {
            return Optional.empty();
        }

        @Override
        public Optional<CorrelationId> correlationId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> timestamp() {
            return Optional.empty();
        }

        @Override
        public Optional<String> reason() {
            return Optional.empty();
        }
    }
}
