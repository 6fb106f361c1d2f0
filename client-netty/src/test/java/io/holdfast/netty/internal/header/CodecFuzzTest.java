package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.message.CommandType;
import io.holdfast.testkit.golden.GoldenVector;
import io.holdfast.testkit.golden.GoldenVectors;
import io.netty.util.ResourceLeakDetector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** Whatever bytes arrive: messages or one violation, never another exception, never a buffer that is not released. */
class CodecFuzzTest {

    private static final List<byte[]> SEEDS = GoldenVectors.all().stream()
            .filter(GoldenVector::isFromBroker)
            .map(vector -> vector.framed() ? vector.bytes() : CodecChannel.framed(vector.bytes()))
            .toList();
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    @BeforeContainer
    static void watch_the_log() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        LOG.start();
        ((Logger) LoggerFactory.getLogger("io.netty")).addAppender(LOG);
    }

    @AfterContainer
    static void no_leak_was_logged() {
        ((Logger) LoggerFactory.getLogger("io.netty")).detachAppender(LOG);
        assertThat(LOG.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    @Property(tries = 1000)
    void random_bytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        survives(bytes, random);
    }

    @Property(tries = 1000)
    void random_bytes_in_a_good_frame(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] alphabet = "{}[]\":,\\u0123eE+-. \n\tcptrnsfal\u00e9".getBytes(UTF_8);
        byte[] bytes = new byte[1 + random.nextInt(60)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        bytes[0] = random.nextInt(4) == 0 ? bytes[0] : (byte) '{';
        survives(CodecChannel.framed(bytes), random);
    }

    @Property(tries = 4000)
    void good_frames_with_a_few_bytes_changed(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] first = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
        byte[] second = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
        byte[] stream = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, stream, first.length, second.length);
        survives(stream, random);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }

    private static void survives(byte[] stream, Random random) {
        try (CodecChannel channel = new CodecChannel(CodecFuzzTest::askForEverything)) {
            int at = 0;
            while (at < stream.length) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(80));
                channel.receive(stream, at, length);
                at += length;
                if (random.nextInt(8) == 0) {
                    channel.frames.pause();
                } else if (random.nextInt(4) == 0) {
                    channel.frames.resume();
                }
            }
            channel.frames.resume();
            channel.disconnect();
            assertThat(channel.errors()).hasSizeLessThan(2).hasOnlyElementsOfType(ProtocolException.class);
        }
    }

    /** A message that was passed on can be asked for everything, without an exception. */
    private static void askForEverything(InboundFrame frame) {
        frame.copy();
        frame.commandId();
        frame.password();
        for (HeaderField field : HeaderField.values()) {
            frame.text(field);
            frame.number(field, 0);
        }
        if (frame.type() == CommandType.ACK) {
            frame.toAck();
        }
    }
}
