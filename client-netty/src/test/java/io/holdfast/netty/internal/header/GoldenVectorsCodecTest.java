package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.connect.Secret;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.testkit.golden.GoldenVector;
import io.holdfast.testkit.golden.GoldenVector.ExpectedError;
import io.holdfast.testkit.golden.GoldenVectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorsCodecTest {

    @ParameterizedTest
    @MethodSource("valid")
    void what_a_vector_says_is_read(GoldenVector vector) {
        ByteBuf buffer = Unpooled.directBuffer().writeZero(3).writeBytes(vector.bytes());
        InboundFrame frame = new InboundFrame();

        new HeaderParser().parse(buffer, 3, vector.bytes().length, frame);

        assertFieldsOf(frame, vector);
        assertThat(frame.payload().toBytes()).isEqualTo(vector.payload());
        buffer.release();
    }

    /** A batch comes record by record, which HeaderDecoderTest shows. */
    @ParameterizedTest
    @MethodSource("fromBroker")
    void what_a_broker_sends_comes_through_the_pipeline(GoldenVector vector) {
        List<String> received = new ArrayList<>();
        try (CodecChannel channel =
                new CodecChannel(frame -> received.add(frame.type().word()))) {
            channel.receive(CodecChannel.framed(vector.bytes()));

            assertThat(channel.errors()).isEmpty();
            if (!vector.name().equals("sow-empty-batch")) {
                assertThat(received).contains(vector.fields().get("cmd"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("violations")
    void a_violation_is_named_with_its_place_and_told_once(GoldenVector vector) {
        try (CodecChannel channel = new CodecChannel(message -> Assertions.fail("delivered " + message))) {
            channel.receive(vector.framed() ? vector.bytes() : CodecChannel.framed(vector.bytes()));
            channel.receive(CodecChannel.framed("{\"c\":\"heartbeat\"}".getBytes(UTF_8)), 0, vector.framed() ? 0 : 21);
            channel.disconnect();

            ExpectedError expected = vector.error().orElseThrow();
            assertThat(channel.errors()).singleElement().isInstanceOfSatisfying(ProtocolException.class, error -> {
                assertThat(error.violation()).isEqualTo(expected.violation());
                expected.offset().ifPresent(offset -> assertThat(error.offset()).isEqualTo(offset));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("exact")
    void what_we_write_is_what_the_vector_says(GoldenVector vector) {
        ByteBuf out = Unpooled.directBuffer(16);

        encode(vector, out);

        assertThat(out.toString(UTF_8)).isEqualTo(new String(vector.bytes(), UTF_8));
        out.release();
    }

    @Test
    void every_violation_of_the_codec_and_every_command_has_a_vector() {
        Set<Violation> violations = GoldenVectors.all().stream()
                .flatMap(vector -> vector.error().stream())
                .map(ExpectedError::violation)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Violation.class)));
        assertThat(violations)
                .as("all but those that need a session to be seen")
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(Violation.ACK_FOR_NOBODY, Violation.SECOND_LOGON_ACK)));
        Set<String> commands = valid().map(vector -> vector.fields().get("cmd")).collect(Collectors.toSet());
        assertThat(commands)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(CommandType.values()).map(CommandType::word).toList());
    }

    private static void assertFieldsOf(InboundFrame frame, GoldenVector vector) {
        for (HeaderField field : HeaderField.values()) {
            String expected = vector.fields().get(field.longKey());
            if (field == HeaderField.CMD) {
                assertThat(frame.type().word()).isEqualTo(expected);
            } else if (field.isNumber()) {
                assertThat(frame.number(field, -1))
                        .as(field.longKey())
                        .isEqualTo(expected == null ? -1 : Long.parseLong(expected));
            } else {
                assertThat(frame.text(field)).as(field.longKey()).isEqualTo(expected);
            }
        }
        assertThat(frame.topic().name()).isEqualTo(vector.fields().getOrDefault("topic", ""));
    }

    private static void encode(GoldenVector vector, ByteBuf out) {
        Map<String, String> fields = vector.fields();
        Payload payload = Payload.wrap(vector.payload());
        switch (fields.get("cmd")) {
            case "logon" -> {
                Credentials credentials = new Credentials(
                        fields.get("user_id"),
                        fields.containsKey("password") ? Secret.of(fields.get("password")) : null);
                LogonRequest logon = new LogonRequest(
                        fields.get("client_name"),
                        Authenticator.fromEndpoint(),
                        token(fields),
                        null,
                        fields.get("version"),
                        fields.get("opts"));
                Endpoint endpoint = Endpoint.parse("tcp://host:9007/amps/" + fields.get("message_type"));
                HeaderEncoder.writeLogon(out, logon, endpoint, credentials);
            }
            case "publish", "delta_publish" -> {
                PublishRequest.Options options = new PublishRequest.Options(
                        fields.get("cmd").startsWith("delta"),
                        number(fields, "expiration"),
                        fields.get("sow_key"),
                        token(fields));
                HeaderEncoder.writePublish(
                        out,
                        new PublishRequest(Topic.of(fields.get("topic")), payload, options),
                        number(fields, "seq"));
            }
            case "heartbeat" -> {
                if (fields.get("opts").equals("beat")) {
                    HeaderEncoder.writeHeartbeat(out);
                } else {
                    HeaderEncoder.writeHeartbeatStart(
                            out,
                            Duration.ofSeconds(Long.parseLong(fields.get("opts").substring(6))));
                }
            }
            default -> HeaderEncoder.writeCommand(out, command(fields, payload), number(fields, "cmd_id"));
        }
    }

    private static Command command(Map<String, String> fields, Payload payload) {
        CommandType type = Stream.of(CommandType.values())
                .filter(candidate -> candidate.word().equals(fields.get("cmd")))
                .findFirst()
                .orElseThrow();
        Command.Builder command = Command.builder(type).payload(payload);
        command.filter(fields.get("filter")).options(fields.get("opts"));
        command.acks(Stream.of(fields.get("ack_type").split(","))
                .map(word -> AckType.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList());
        fields.forEach((field, value) -> {
            switch (field) {
                case "topic" -> command.topic(Topic.of(value));
                case "sub_id" -> command.subscriptionIds(value);
                case "query_id" -> command.queryId(value);
                case "bookmark" -> command.bookmark(Bookmark.of(value));
                case "orderby" -> command.orderBy(value);
                case "sow_keys" -> command.sowKeys(value);
                case "batch_size" -> command.batchSize(Long.parseLong(value));
                case "top_n" -> command.topN(Long.parseLong(value));
                case "seq" -> command.sequence(SequenceNumber.of(Long.parseLong(value)));
                default -> {}
            }
        });
        return command.build();
    }

    private static long number(Map<String, String> fields, String field) {
        return Long.parseLong(fields.getOrDefault(field, "-1"));
    }

    private static CorrelationId token(Map<String, String> fields) {
        return fields.containsKey("correlation_id") ? CorrelationId.of(fields.get("correlation_id")) : null;
    }

    private static Stream<GoldenVector> valid() {
        return GoldenVectors.all().stream().filter(vector -> vector.error().isEmpty());
    }

    private static Stream<GoldenVector> fromBroker() {
        return valid().filter(GoldenVector::isFromBroker);
    }

    private static Stream<GoldenVector> exact() {
        return valid().filter(GoldenVector::exact);
    }

    private static Stream<GoldenVector> violations() {
        return GoldenVectors.all().stream().filter(vector -> vector.error().isPresent() && vector.isFromBroker());
    }
}
