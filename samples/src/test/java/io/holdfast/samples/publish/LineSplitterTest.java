package io.holdfast.samples.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.samples.fake.EndlessInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    @Test
    void lines_end_at_a_line_feed_and_the_last_one_needs_none() throws IOException {
        assertThat(lines("one\ntwo\r\n\nthree", 100)).containsExactly("one", "two", "", "three");
        assertThat(lines("one\n", 100)).containsExactly("one");
        assertThat(lines("", 100)).isEmpty();
    }

    @Test
    void a_line_that_is_too_long_is_named_and_not_read_to_its_end() {
        LineSplitter splitter = new LineSplitter(new EndlessInput("x"), 1_000_000);
        assertThatThrownBy(splitter::next).hasMessage("line 1 is longer than 1000000 bytes");
    }

    @Property(tries = 300)
    void what_was_joined_is_split_again_whatever_the_size_of_the_reads(
            @ForAll @Size(max = 20) List<@StringLength(max = 30) String> texts,
            @ForAll @IntRange(min = 1, max = 7) int readSize)
            throws IOException {
        List<String> plain = texts.stream()
                .map(each -> each.replaceAll("[\\r\\n]", "").replaceAll("\\p{Cs}", ""))
                .toList();
        String joined = String.join("\n", plain) + (plain.isEmpty() ? "" : "\n");
        InputStream slow = new ByteArrayInputStream(joined.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, readSize));
            }
        };
        assertThat(all(new LineSplitter(slow, 1000))).isEqualTo(plain);
    }

    private static List<String> lines(String text, int max) throws IOException {
        return all(new LineSplitter(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), max));
    }

    private static List<String> all(LineSplitter splitter) throws IOException {
        List<String> all = new ArrayList<>();
        for (byte[] line = splitter.next(); line != null; line = splitter.next()) {
            all.add(new String(line, StandardCharsets.UTF_8));
        }
        return all;
    }
}
