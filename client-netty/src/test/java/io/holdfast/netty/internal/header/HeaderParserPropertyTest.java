package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random headers, in every form JSON allows: what we read is what Jackson reads. */
class HeaderParserPropertyTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void we_read_what_jackson_reads(@ForAll("headers") String header, @ForAll byte[] body)
            throws JsonProcessingException {
        JsonNode expected = JACKSON.readTree(header);
        byte[] bytes = header.getBytes(UTF_8);
        ByteBuf buffer = Unpooled.directBuffer().writeBytes(bytes).writeBytes(body);
        InboundFrame frame = new InboundFrame();

        new HeaderParser().parse(buffer, 0, buffer.readableBytes(), frame);

        for (HeaderField field : HeaderField.values()) {
            JsonNode node = value(expected, field);
            assertThat(frame.has(field)).as(field.longKey()).isEqualTo(node != null);
            if (node != null && field.isNumber()) {
                assertThat(frame.number(field, -1)).as(field.longKey()).isEqualTo(Long.parseLong(node.asText()));
            } else if (node != null) {
                assertThat(frame.text(field)).as(field.longKey()).isEqualTo(node.asText());
            }
        }
        assertThat(frame.payload().toBytes()).isEqualTo(body);
        buffer.release();
    }

    /** Of the two spellings in one header Jackson knows nothing: the generator uses one per header. */
    private static JsonNode value(JsonNode expected, HeaderField field) {
        JsonNode node = expected.has(field.longKey()) ? expected.get(field.longKey()) : expected.get(field.shortKey());
        return node == null || node.isNull() ? null : node;
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> blank = Arbitraries.of("", "", "", " ", "\n", "\t \r\n");
        Arbitrary<List<String>> fields = Arbitraries.of(true, false)
                .flatMap(longKeys -> Combinators.combine(
                                known(longKeys), unknown().list().ofMaxSize(4))
                        .as((a, b) -> Stream.concat(a.stream(), b.stream()).toList()))
                .flatMap(Arbitraries::shuffle);
        return Combinators.combine(fields, blank, blank, blank)
                .as((all, before, between, after) -> before + "{" + between
                        + all.stream()
                                .map(field -> field.replace("\u0000", between))
                                .collect(Collectors.joining(after + "," + between))
                        + after + "}");
    }

    private static Arbitrary<List<String>> known(boolean longKeys) {
        Arbitrary<List<HeaderField>> chosen = Arbitraries.of(HeaderField.values())
                .filter(field ->
                        field != HeaderField.CMD && field != HeaderField.TOPIC && field != HeaderField.BOOKMARK)
                .list()
                .uniqueElements()
                .ofMaxSize(12);
        return chosen.flatMap(fields -> {
            List<Arbitrary<String>> parts = new ArrayList<>();
            parts.add(field(
                    key(HeaderField.CMD, longKeys), Arbitraries.of("\"p\"", "\"publish\"", "\"ack\"", "\"\\u0070\"")));
            parts.add(field(key(HeaderField.TOPIC, longKeys), topic()));
            parts.add(field(key(HeaderField.BOOKMARK, longKeys), Arbitraries.of("\"0\"", "\"0|1|\"", "null", "\"\"")));
            fields.forEach(field -> parts.add(field(key(field, longKeys), field.isNumber() ? number() : value())));
            return Combinators.combine(parts).as(all -> all);
        });
    }

    private static Arbitrary<String> unknown() {
        Arbitrary<String> key = JsonTexts.strings().filter(text -> !isKnown(text));
        return key.flatMap(name -> field(
                name, Arbitraries.oneOf(value(), Arbitraries.of("true", "false", "null", "-0", "1.5e-3", "10E+2"))));
    }

    private static boolean isKnown(String json) {
        try {
            byte[] key = JACKSON.readTree(json).asText().getBytes(UTF_8);
            return HeaderField.find(Arrays.copyOf(key, key.length + Chunk.SIZE), 0, key.length) != null;
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(json, impossible);
        }
    }

    private static Arbitrary<String> field(String key, Arbitrary<String> value) {
        return value.map(text -> key + "\u0000:\u0000" + text);
    }

    private static String key(HeaderField field, boolean longKeys) {
        return '"' + (longKeys ? field.longKey() : field.shortKey()) + '"';
    }

    private static Arbitrary<String> number() {
        Arbitrary<String> digits = Arbitraries.longs().greaterOrEqual(0).map(String::valueOf);
        return Arbitraries.oneOf(digits, digits.map(text -> '"' + text + '"'), Arbitraries.just("null"));
    }

    private static Arbitrary<String> value() {
        return Arbitraries.oneOf(
                JsonTexts.strings(), JsonTexts.strings(), Arbitraries.of("null", "0", "-17", "123456789012345678"));
    }

    private static Arbitrary<String> topic() {
        return Arbitraries.of(
                "\"orders\"", "\"\\\"\\\\/\u00e9\"", "\"\\ud83d\\ude00\"", "\"a.rather.long.topic/name\"", "null");
    }
}
