package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Eight bytes at once give what eight bytes one by one do. */
class ChunkTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_first_byte_that_is_not_plain_is_found(@ForAll @Size(8) byte[] bytes) {
        int expected = 0;
        while (expected < 8 && bytes[expected] >= ' ' && bytes[expected] != '"' && bytes[expected] != '\\') {
            expected++;
        }
        assertThat(Chunk.plainBytes(Chunk.at(bytes, 0))).isEqualTo(expected);
    }

    @Example
    void every_byte_at_every_place_is_judged_right() {
        for (int place = 0; place < 8; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "aaaaaaaa".getBytes(US_ASCII);
                text[place] = (byte) value;
                boolean plain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';
                assertThat(Chunk.plainBytes(Chunk.at(text, 0))).isEqualTo(plain ? 8 : place);

                byte[] digits = "90909090".getBytes(US_ASCII);
                digits[place] = (byte) value;
                boolean digit = value >= '0' && value <= '9';
                assertThat(Chunk.digits(Chunk.at(digits, 0))).isEqualTo(digit ? 8 : place);
                assertThat(Chunk.number(Chunk.at(digits, 0), 8) >= 0).isEqualTo(digit);
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void digits_are_the_number_they_write(
            @ForAll @IntRange(min = 1, max = 8) int count, @ForAll @LongRange(min = 0) long any) {
        long number = any % (long) Math.pow(10, count);
        byte[] bytes = String.format("%0" + count + "d\"}garbage", number).getBytes(US_ASCII);
        assertThat(Chunk.number(Chunk.at(bytes, 0), count)).isEqualTo((int) number);
    }

    @Property(edgeCases = EdgeCasesMode.MIXIN)
    void whole_numbers_of_any_length_are_read(@ForAll @LongRange(min = 0) long number) {
        byte[] bytes = (number + "9999999999").getBytes(US_ASCII);
        int end = Long.toString(number).length();
        assertThat(JsonNumber.wholeNumber(bytes, 0, end)).isEqualTo(number);
    }

    @Example
    void what_is_no_whole_number_is_told() {
        for (String text : new String[] {
            "",
            "-1",
            "+1",
            "1.0",
            "1e3",
            " 1",
            "1 ",
            "12345678x",
            "x",
            "9223372036854775808",
            "9999999999999999999",
            "10000000000000000000"
        }) {
            byte[] bytes = (text + "........").getBytes(US_ASCII);
            assertThat(JsonNumber.wholeNumber(bytes, 0, text.length())).as(text).isEqualTo(-1);
        }
        assertThat(JsonNumber.wholeNumber("0009223372036854775807........".getBytes(US_ASCII), 0, 22))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Example
    void words_are_compared_in_full() {
        byte[] text = "status_topic_matches\"garbage".getBytes(US_ASCII);
        assertThat(HeaderField.find(text, 7, 20)).isEqualTo(HeaderField.TOPIC_MATCHES);
        assertThat(HeaderField.find(text, 0, 6)).isEqualTo(HeaderField.STATUS);
        assertThat(HeaderField.find(text, 7, 19)).isNull();
        assertThat(HeaderField.find(text, 7, 12)).isEqualTo(HeaderField.TOPIC);
        assertThat(HeaderField.find(text, 7, 7)).isNull();
    }
}
