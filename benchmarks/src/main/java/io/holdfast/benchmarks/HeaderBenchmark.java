package io.holdfast.benchmarks;

import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.internal.header.HeaderEncoder;
import io.holdfast.netty.internal.header.HeaderParser;
import io.holdfast.netty.internal.header.InboundFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One header in, one header out, on direct memory as on a real socket. Run with {@code -prof gc} for bytes an operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HeaderBenchmark {

    private static final String HEADER =
            "{\"c\":\"p\",\"t\":\"orders\",\"sids\":\"1\",\"s\":123456789,\"ts\":\"20261122T140000.123456Z\"}";
    private static final String BODY = "{\"id\":123456,\"side\":\"buy\",\"qty\":100,\"px\":101.25}";

    private final HeaderParser parser = new HeaderParser();
    private final InboundFrame frame = new InboundFrame();
    private final PublishRequest request = PublishRequest.of(Topic.of("orders"), Payload.utf8(BODY));

    private ByteBuf received = PooledByteBufAllocator.DEFAULT.directBuffer(256);
    private ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(256);
    private long sequence;

    /** Lays the frame to be read into direct memory. */
    @Setup
    public void prepare() {
        received.writeCharSequence(HEADER + BODY, StandardCharsets.UTF_8);
        sequence = 123_456_789;
    }

    /** Gives the memory back. */
    @TearDown
    public void release() {
        received.release();
        out.release();
    }

    /** Reads a live publish of 83 bytes of header, and what a router asks of it. */
    @Benchmark
    public int decode() {
        parser.parse(received, 0, received.readableBytes(), frame);
        return frame.subscriptionIds().length()
                + frame.topic().utf8Length()
                + frame.payload().length();
    }

    /** Writes a publish, body included. */
    @Benchmark
    public int encode() {
        out.clear();
        HeaderEncoder.writePublish(out, request, sequence++);
        return out.readableBytes();
    }
}
