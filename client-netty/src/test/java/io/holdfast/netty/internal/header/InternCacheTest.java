package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InternCacheTest {

    private final AtomicInteger made = new AtomicInteger();
    private final InternCache<String> cache = new InternCache<>(text -> {
        made.incrementAndGet();
        return text;
    });

    @Test
    void a_text_that_comes_again_is_made_once() {
        for (String text : new String[] {"", "a", "orders", "12345678", "a.longer.topic/with/levels"}) {
            assertThat(get(text)).isEqualTo(text).isSameAs(get(text));
        }
        assertThat(made).hasValue(5);
    }

    @Test
    void texts_that_differ_in_their_last_byte_alone_are_told_apart() {
        for (int length = 1; length < 40; length++) {
            String start = "x".repeat(length - 1);
            assertThat(get(start + "a")).endsWith("a");
            assertThat(get(start + "b")).endsWith("b");
            assertThat(get(start + "a\u0000")).hasSize(length + 1);
        }
    }

    @Test
    void more_texts_than_there_is_room_for_are_still_right() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10 * InternCache.SLOTS; i++) {
                assertThat(get("topic-" + i)).isEqualTo("topic-" + i);
            }
        }
    }

    @Test
    void a_text_that_is_too_long_is_not_kept() {
        String text = "x".repeat(InternCache.MAX_LENGTH + 1);
        assertThat(get(text)).isEqualTo(text).isNotSameAs(get(text));
    }

    private String get(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        byte[] bytes = Arrays.copyOf(utf8, utf8.length + Chunk.SIZE);
        Arrays.fill(bytes, utf8.length, bytes.length, (byte) '"');
        return cache.get(bytes, 0, utf8.length);
    }
}
