package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What we write, Jackson and our own parser read back. */
class HeaderEncoderPropertyTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_publish_comes_back_as_it_was(
            @ForAll("topics") String topic,
            @ForAll byte[] body,
            @ForAll @LongRange(min = 1) long sequence,
            @ForAll @LongRange(min = -1) long expiration,
            @ForAll boolean delta)
            throws IOException {
        PublishRequest.Options options =
                new PublishRequest.Options(delta, expiration, delta ? "k+/=" : null, CorrelationId.of("dG8="));
        ByteBuf out = Unpooled.directBuffer(8);
        HeaderEncoder.writePublish(out, new PublishRequest(Topic.of(topic), Payload.of(body), options), sequence);

        JsonNode read = readBack(out, body);
        assertThat(read.get("c").asText()).isEqualTo(delta ? "delta_publish" : "p");
        assertThat(read.get("t").asText()).isEqualTo(topic);
        assertThat(read.get("s").longValue()).isEqualTo(sequence);
        assertThat(read.path("e").asLong(-1)).isEqualTo(expiration);
        assertThat(read.get("x").asText()).isEqualTo("dG8=");
        InboundFrame frame = new InboundFrame();
        new HeaderParser().parse(out, 0, out.readableBytes(), frame);
        assertThat(frame.type()).isEqualTo(delta ? CommandType.DELTA_PUBLISH : CommandType.PUBLISH);
        assertThat(frame.topic().name()).isEqualTo(topic);
        assertThat(frame.sequence()).isEqualTo(sequence);
        assertThat(frame.payload().toBytes()).isEqualTo(body);
        out.release();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_command_comes_back_as_it_was(
            @ForAll("texts") String filter,
            @ForAll("texts") String options,
            @ForAll @LongRange(min = 0) long commandId,
            @ForAll @Size(min = 1) Set<AckType> acks,
            @ForAll byte[] body)
            throws IOException {
        Command command = Command.builder(CommandType.SOW_DELETE)
                .topic(Topic.of("orders"))
                .filter(filter)
                .options(options)
                .acks(acks)
                .payload(Payload.of(body))
                .build();
        ByteBuf out = Unpooled.buffer(8);
        HeaderEncoder.writeCommand(out, command, commandId);

        JsonNode read = readBack(out, body);
        assertThat(read.get("c").asText()).isEqualTo("sow_delete");
        assertThat(read.get("cid").isTextual()).isTrue();
        assertThat(read.get("cid").asText()).isEqualTo(Long.toString(commandId));
        assertThat(read.get("f").asText()).isEqualTo(filter);
        assertThat(read.get("o").asText()).isEqualTo(options);
        assertThat(read.get("a").asText().split(",")).hasSameSizeAs(acks);
        InboundFrame frame = new InboundFrame();
        new HeaderParser().parse(out, 0, out.readableBytes(), frame);
        assertThat(frame.text(HeaderField.FILTER)).isEqualTo(filter);
        assertThat(frame.options()).isEqualTo(options);
        out.release();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void a_logon_comes_back_as_it_was(
            @ForAll("texts") String user, @ForAll("texts") String password, @ForAll("texts") String version)
            throws IOException {
        LogonRequest logon = new LogonRequest("n", Authenticator.fromEndpoint(), null, "xml", version, null);
        ByteBuf out = Unpooled.directBuffer(8);
        HeaderEncoder.writeLogon(out, logon, Endpoint.parse("tcp://h:1/amps/json"), Credentials.of(user, password));

        JsonNode read = readBack(out, new byte[0]);
        assertThat(read.get("user_id").asText()).isEqualTo(user);
        assertThat(read.get("pw").asText()).isEqualTo(password);
        assertThat(read.get("version").asText()).isEqualTo(version);
        assertThat(read.get("mt").asText()).isEqualTo("xml");
        out.release();
    }

    @Example
    void half_a_surrogate_pair_is_refused_and_leaves_nothing_behind() {
        ByteBuf out = Unpooled.directBuffer(8).writeInt(1);
        for (String text : new String[] {"a\ud83d", "\ude00", "\ud83d\ud83d\ude00", "\ud83dx"}) {
            Command command = Command.builder(CommandType.SOW).filter(text).build();
            assertThatThrownBy(() -> HeaderEncoder.writeCommand(out, command, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("surrogate");
            assertThatThrownBy(() -> Topic.of(text)).isInstanceOf(IllegalArgumentException.class);
            assertThat(out.readableBytes()).isEqualTo(4);
        }
        out.release();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> characters = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7f),
                Arbitraries.integers().between(0, 0x7f),
                JsonTexts.codePoints());
        return characters.list().ofMaxSize(30).map(HeaderEncoderPropertyTest::text);
    }

    @Provide
    Arbitrary<String> topics() {
        Arbitrary<Integer> characters = Arbitraries.oneOf(
                        Arbitraries.integers().between(0x20, 0x7e),
                        Arbitraries.of((int) '"', (int) '\\'),
                        JsonTexts.codePoints())
                .filter(c -> !Character.isISOControl(c));
        return characters.list().ofMinSize(1).ofMaxSize(30).map(HeaderEncoderPropertyTest::text);
    }

    private static String text(Iterable<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    /** The header as Jackson reads it; behind it the body, to the byte. */
    private static JsonNode readBack(ByteBuf out, byte[] body) throws IOException {
        byte[] bytes = ByteBufUtil.getBytes(out);
        int end = bytes.length - body.length;
        assertThat(Arrays.copyOfRange(bytes, end, bytes.length)).isEqualTo(body);
        String header =
                UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
        try (JsonParser parser = JACKSON.createParser(header)) {
            JsonNode node = parser.readValueAsTree();
            assertThat(parser.nextToken()).isNull();
            return node;
        }
    }
}
