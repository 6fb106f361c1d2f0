package io.holdfast.broker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's log is written in order; a stderr that nobody reads stops nobody. */
class LineWriterTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void lines_are_printed_in_order_and_all_of_them_before_the_end() {
        LineWriter writer = LineWriter.to(new PrintStream(written, true, UTF_8));
        for (int i = 0; i < 100; i++) {
            writer.accept("line " + i);
        }
        assertThat(writer.close(Duration.ofSeconds(10))).isTrue();
        assertThat(written.toString(UTF_8).lines()).hasSize(100).startsWith("line 0", "line 1");
    }

    @Test
    @Timeout(30)
    void a_stream_that_takes_nothing_holds_up_nobody_and_what_was_lost_is_told() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        LineWriter writer = LineWriter.to(new PrintStream(stalledUntil(read, stuck), true, UTF_8));
        writer.accept("first");
        assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < LineWriter.MOST_WAITING + 7; i++) {
            writer.accept("more");
        }
        assertThat(writer.close(Duration.ofMillis(1))).isFalse();

        read.countDown();
        assertThat(writer.close(Duration.ofSeconds(10))).isTrue();
        assertThat(written.toString(UTF_8).lines())
                .contains("holdfast-broker: 7 lines of the log dropped: stderr was not read")
                .hasSize(1 + LineWriter.MOST_WAITING + 1);
    }

    private OutputStream stalledUntil(CountDownLatch read, CountDownLatch stuck) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                stuck.countDown();
                boolean waiting = true;
                while (waiting) {
                    try {
                        read.await();
                        waiting = false;
                    } catch (InterruptedException e) {
                        // a pipe does not mind either
                    }
                }
                written.write(bytes, offset, length);
            }
        };
    }
}
