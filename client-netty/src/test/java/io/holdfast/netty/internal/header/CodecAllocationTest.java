package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.internal.frame.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A typical publish makes no garbage, neither coming nor going. Leak detection, which does, is off for these buffers. */
class CodecAllocationTest {

    private static final int OPERATIONS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ByteBuf buffer = new UnpooledByteBufAllocator(true, true).directBuffer(1024);
    private long checksum;

    @AfterEach
    void release() {
        buffer.release();
        assertThat(checksum).isPositive();
    }

    @Test
    void reading_a_publish_makes_no_garbage() {
        buffer.writeCharSequence(
                "{\"c\":\"p\",\"t\":\"orders.europe\",\"sids\":\"1,2\",\"s\":\"12345\",\"ts\":\"20250909T171919.976304Z\"}{}",
                UTF_8);
        HeaderParser parser = new HeaderParser();
        InboundFrame frame = new InboundFrame();

        assertThat(bytesPerOperation(() -> {
                    parser.parse(buffer, 0, buffer.writerIndex(), frame);
                    checksum += frame.topic().utf8Length()
                            + frame.subscriptionIds().length()
                            + frame.sequence()
                            + frame.payload().length()
                            + frame.payload().byteAt(0);
                }))
                .isLessThan(1);
    }

    @Test
    void writing_a_publish_makes_no_garbage() {
        PublishRequest request = PublishRequest.of(Topic.of("orders.europe"), Payload.utf8("{\"id\":1}"));

        assertThat(bytesPerOperation(() -> {
                    buffer.clear();
                    int mark = FrameEncoder.begin(buffer);
                    HeaderEncoder.writePublish(buffer, request, 12_345_678_901L);
                    FrameEncoder.end(buffer, mark, 1000);
                    checksum += buffer.readableBytes();
                }))
                .isLessThan(1);
    }

    private static double bytesPerOperation(Runnable operation) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 5 && least >= 1; round++) { // compilation goes on in the first rounds
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
            long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / (double) OPERATIONS);
        }
        return least;
    }
}
