package io.holdfast.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held replay may stay held for days: it holds nothing of the log. */
class HeldReplayTest {

    private static final String BODY = "x".repeat(1_000);
    private static final long RETAINED = 512 << 10;

    @Test
    void a_replay_that_is_held_while_it_reads_lets_go_of_the_log(@TempDir Path data) {
        BrokerConfig config = BrokerConfig.builder()
                .data(data)
                .journal(JournalOptions.DEFAULTS.withSegmentBytes(32 << 10).withRetainBytes(RETAINED))
                .build();
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                TestClient publisher = TestClient.named(broker, "pub")) {
            publish(publisher, 1, 300);
        }
        // started anew, so that nothing is in memory and the replay has to read
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                TestClient publisher = TestClient.named(broker, "pub");
                TestClient subscriber = TestClient.named(broker, "sub")) {
            // in one packet, so that the second is taken before the first one's reading has come back
            subscriber.sendRaw(frames(
                    "{\"c\":\"subscribe\",\"cid\":\"1\",\"sub_id\":\"r\",\"t\":\"orders\",\"bm\":\"0\",\"a\":\"processed\"}",
                    "{\"c\":\"subscribe\",\"cid\":\"2\",\"sub_id\":\"r\",\"o\":\"pause\",\"a\":\"processed\"}"));
            subscriber.read(frame -> frame.text("cid").equals("2"));
            publish(publisher, 301, 3_000);
            assertThat(bytesOf(data)).as("bytes of the log").isLessThan(2 * RETAINED);
        }
    }

    private static void publish(TestClient publisher, int first, int last) {
        for (int i = first; i <= last; i++) {
            publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"s\":" + i + "}" + BODY);
        }
        publisher.flush();
    }

    private static byte[] frames(String... texts) {
        ByteBuffer all = ByteBuffer.allocate(4_096);
        for (String text : texts) {
            byte[] frame = text.getBytes(UTF_8);
            all.putInt(frame.length).put(frame);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static long bytesOf(Path data) {
        return Arrays.stream(Objects.requireNonNull(data.toFile().listFiles()))
                .mapToLong(File::length)
                .sum();
    }
}
