package io.holdfast.broker.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.broker.BrokerLimits;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.testkit.golden.GoldenVector;
import io.holdfast.testkit.golden.GoldenVectors;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors of the testkit against the broker's codec. Of an error its kind is compared, not its offset: another parser notices
 * it at another byte.
 */
class GoldenVectorTest {

    /** A client must not take such a message; a broker answers the command with a reason (PublishTest) and stays. */
    private static final Set<String> ANSWERED =
            Set.of("bad-field-topic-empty", "bad-field-topic-control-character", "bad-missing-topic");

    static List<GoldenVector> good() {
        return GoldenVectors.all().stream().filter(v -> v.error().isEmpty()).toList();
    }

    static List<GoldenVector> bad() {
        return GoldenVectors.all().stream()
                .filter(v -> v.error().isPresent() && v.isToBroker() && !ANSWERED.contains(v.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_frame_has_these_fields_and_this_body(GoldenVector vector) {
        EmbeddedChannel channel = channel(vector);
        Frame frame = channel.readInbound();
        assertThat(frame).isNotNull();
        Map<String, String> read = new LinkedHashMap<>();
        vector.fields().keySet().forEach(key -> {
            Field field = Field.of(key);
            read.put(key, field == null ? "no such field" : frame.header().get(field));
        });
        assertThat(read).isEqualTo(vector.fields());
        assertThat(Arrays.copyOfRange(frame.content(), frame.bodyOffset(), frame.content().length))
                .isEqualTo(vector.payload());
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_frame_is_refused_as_what_it_is(GoldenVector vector) {
        assertThatThrownBy(() -> {
                    EmbeddedChannel channel = channel(vector);
                    Frame frame = channel.readInbound();
                    channel.finishAndReleaseAll();
                    channel.checkException();
                    if (frame != null && !frame.header().verb().isFromClient()) {
                        throw new ProtocolException(
                                ProtocolException.Violation.UNEXPECTED_COMMAND, -1, "refused by the command table");
                    }
                })
                .satisfies(thrown -> assertThat(thrown instanceof ProtocolException ? thrown : thrown.getCause())
                        .isInstanceOfSatisfying(
                                ProtocolException.class,
                                e -> assertThat(e.violation())
                                        .isEqualTo(vector.error().orElseThrow().violation())));
    }

    private static EmbeddedChannel channel(GoldenVector vector) {
        EmbeddedChannel channel =
                new EmbeddedChannel(new FrameDecoder(new HeaderReader(), BrokerLimits.LARGEST_FRAME_BYTES));
        byte[] bytes = vector.bytes();
        byte[] wire = vector.framed()
                ? bytes
                : ByteBuffer.allocate(4 + bytes.length)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array();
        channel.writeInbound(Unpooled.wrappedBuffer(wire));
        return channel;
    }
}
