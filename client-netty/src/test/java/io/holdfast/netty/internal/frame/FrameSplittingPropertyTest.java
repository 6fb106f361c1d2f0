package io.holdfast.netty.internal.frame;

import static io.holdfast.netty.internal.frame.FrameChannel.framed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However the network cuts the stream, and whoever says stop in between: the same frames in the same order. */
class FrameSplittingPropertyTest {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void any_cut_of_the_stream_gives_the_same_frames(@ForAll("contents") List<byte[]> contents, @ForAll long cuts) {
        Random random = new Random(cuts);
        FrameChannel channel = new FrameChannel(90);
        feed(channel, framed(contents.toArray(new byte[0][])), random, () -> {});

        assertThat(channel.frames).usingRecursiveComparison().isEqualTo(contents);
        assertThat(channel.errors).isEmpty();
        channel.close();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void pauses_and_resumptions_at_any_moment_change_nothing(
            @ForAll("contents") List<byte[]> contents, @ForAll long moments) {
        Random random = new Random(moments);
        FrameChannel channel = new FrameChannel(90);
        channel.onFrame = () -> {
            assertThat(channel.decoder.isPaused()).as("delivered while paused").isFalse();
            for (int i = random.nextInt(3); i > 0; i--) {
                toggle(channel, random);
            }
        };
        feed(channel, framed(contents.toArray(new byte[0][])), random, () -> toggle(channel, random));
        while (channel.decoder.isPaused()) {
            channel.decoder.resume();
        }

        assertThat(channel.frames).usingRecursiveComparison().isEqualTo(contents);
        assertThat(channel.autoRead()).isTrue();
        channel.close();
    }

    @Provide
    Arbitrary<List<byte[]>> contents() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(90)
                .list()
                .ofMaxSize(8);
    }

    private static void feed(FrameChannel channel, byte[] stream, Random random, Runnable between) {
        int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 300);
        int at = 0;
        while (at < stream.length) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(most));
            channel.receive(Arrays.copyOfRange(stream, at, at + length));
            between.run();
            at += length;
        }
    }

    private static void toggle(FrameChannel channel, Random random) {
        if (random.nextBoolean()) {
            channel.decoder.pause();
        } else {
            channel.decoder.resume();
        }
    }
}
