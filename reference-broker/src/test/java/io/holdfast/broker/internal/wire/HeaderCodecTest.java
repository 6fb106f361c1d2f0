package io.holdfast.broker.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is written is read again; what is read is one header or one typed error. */
class HeaderCodecTest {

    private final HeaderReader reader = new HeaderReader();
    private final HeaderWriter writer = new HeaderWriter();

    @Property
    void what_is_written_is_read_again_with_its_body(
            @ForAll("fields") Map<Field, String> fields, @ForAll Verb verb, @ForAll byte[] body) {
        Header.Builder builder = Header.of(verb);
        fields.forEach(builder::set);
        byte[] header = writer.write(builder.build());
        byte[] content = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, content, header.length, body.length);

        Frame frame = reader.read(content);

        assertThat(frame.header().verb()).isEqualTo(verb);
        for (Field field : Field.values()) {
            if (field != Field.CMD) {
                assertThat(frame.header().get(field)).isEqualTo(fields.get(field));
            }
        }
        assertThat(frame.bodyOffset()).isEqualTo(header.length);
        assertThat(frame.bodyLength()).isEqualTo(body.length);
    }

    @Property(tries = 5_000)
    void random_bytes_are_a_header_or_a_typed_error(@ForAll byte[] noise) {
        readOrRefuse(noise);
    }

    @Property(tries = 5_000)
    void a_mutated_header_is_a_header_or_a_typed_error(
            @ForAll("fields") Map<Field, String> fields, @ForAll int where, @ForAll byte what) {
        Header.Builder builder = Header.of(Verb.PUBLISH);
        fields.forEach(builder::set);
        byte[] content = writer.write(builder.build());
        content[Math.floorMod(where, content.length)] = what;
        readOrRefuse(content);
    }

    @Property
    void a_header_cut_anywhere_is_a_truncated_header(@ForAll("fields") Map<Field, String> fields, @ForAll int where) {
        Header.Builder builder = Header.of(Verb.PUBLISH);
        fields.forEach(builder::set);
        byte[] content = writer.write(builder.build());
        byte[] cut = Arrays.copyOf(content, 1 + Math.floorMod(where, content.length - 1));
        assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void both_spellings_white_space_quoted_numbers_and_unknown_keys_are_read() {
        Frame frame = read(" {\n \"cmd\" : \"publish\", \"topic\":\"a\\u00e9\", \"zz\":[]".replace("[]", "true")
                + ", \"s\" : \"7\", \"version\":5, \"opts\":null }  {\"id\":1}");
        assertThat(frame.header().verb()).isEqualTo(Verb.PUBLISH);
        assertThat(frame.header().get(Field.TOPIC)).isEqualTo("aé");
        assertThat(frame.header().number(Field.SEQ, 0)).isEqualTo(7);
        assertThat(frame.header().get(Field.VERSION)).isEqualTo("5");
        assertThat(frame.header().has(Field.OPTS)).isFalse();
        assertThat(new String(frame.content(), frame.bodyOffset(), frame.bodyLength(), StandardCharsets.UTF_8))
                .isEqualTo("  {\"id\":1}");
    }

    @Test
    void the_position_of_an_error_is_told() {
        assertThatThrownBy(() -> read("{\"c\":\"p\",\"t\":{}}")).isInstanceOfSatisfying(ProtocolException.class, e -> {
            assertThat(e.violation()).isEqualTo(Violation.MALFORMED_HEADER);
            assertThat(e.offset()).isEqualTo(13);
        });
    }

    @Test
    void a_header_never_shows_its_password() {
        Frame frame = read("{\"c\":\"logon\",\"cid\":\"0\",\"pw\":\"hunter2\"}");
        assertThat(frame.header()).hasToString("logon 0");
    }

    @Provide
    Arbitrary<Map<Field, String>> fields() {
        Arbitrary<Field> keys = Arbitraries.of(Field.class).filter(field -> field != Field.CMD);
        return Arbitraries.maps(keys, Arbitraries.strings().ofMaxLength(20).filter(HeaderCodecTest::isUnicode))
                .ofMaxSize(8)
                .map(texts -> {
                    texts.replaceAll(
                            (field, text) -> field.isNumber() ? Long.toString(text.hashCode() & 0x7fffffffL) : text);
                    return texts;
                });
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private Frame read(String content) {
        return reader.read(content.getBytes(StandardCharsets.UTF_8));
    }

    private void readOrRefuse(byte[] content) {
        try {
            Frame frame = reader.read(content);
            assertThat(frame.bodyOffset()).isBetween(1, content.length);
        } catch (ProtocolException e) {
            assertThat(e.offset()).isBetween(-1L, (long) content.length);
        }
    }
}
