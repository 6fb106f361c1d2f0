package io.holdfast.netty.internal.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.DisconnectSource;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.netty.Requests;
import io.holdfast.netty.WireText;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What breaks the protocol ends that connection, and only that one, with an error that says what and where. An end within a
 * frame says so too, but is the peer's: a broker that evicts closes wherever it is in its stream.
 */
class BadInputStoryTest {

    /** One bad input: its name, its bytes (one character each), what it violates. */
    record Bad(String name, String bytes, Violation violation, boolean thenEof) {
        DisconnectCause cause() {
            return thenEof ? DisconnectCause.PEER_CLOSED : DisconnectCause.PROTOCOL_ERROR;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> badInputs() {
        return Stream.of(
                raw("a length above the limit", Violation.FRAME_TOO_LARGE, 0, 0, 0x10, 0x01),
                raw("a length above the sign bit", Violation.FRAME_TOO_LARGE, 0xff, 0xff, 0xff, 0xff),
                raw("a length of zero", Violation.EMPTY_FRAME, 0, 0, 0, 0),
                new Bad("the end in a frame", bytes(0, 0, 0, 9, '{', '"'), Violation.TRUNCATED_FRAME, true),
                new Bad("the end in a length", bytes(0, 0), Violation.TRUNCATED_FRAME, true),
                frame("a header without end", Violation.TRUNCATED_HEADER, "{\"c\":\"publish\",\"t\":\"x\""),
                frame("a header in a header", Violation.MALFORMED_HEADER, "{\"c\":\"publish\",\"t\":{\"a\":1}}"),
                frame("no header", Violation.MALFORMED_HEADER, "hello"),
                frame("bad UTF-8", Violation.BAD_UTF8, "{\"c\":\"publish\",\"t\":\"\u00c3(\"}"),
                frame(
                        "a word for a number",
                        Violation.BAD_FIELD,
                        "{\"c\":\"ack\",\"a\":\"persisted\",\"status\":\"success\",\"s\":\"x\"}"),
                frame("a message without a topic", Violation.MISSING_FIELD, "{\"c\":\"publish\"}1"),
                frame("a command of clients", Violation.UNEXPECTED_COMMAND, "{\"c\":\"subscribe\",\"t\":\"x\"}"),
                frame("an ack for nobody", Violation.ACK_FOR_NOBODY, WireText.ack("99", "processed", "success")),
                frame("an ack for another's id", Violation.ACK_FOR_NOBODY, WireText.ack("x-1", "processed", "success")),
                frame("a second logon ack", Violation.SECOND_LOGON_ACK, WireText.LOGON_ACK));
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void it_ends_the_connection_with_what_and_where(Bad bad) {
        try (EmbeddedSession session = session();
                EmbeddedSession neighbour = session()) {
            session.receive(WireText.message("t", "good"));
            session.receiveBytes(bad.bytes().getBytes(ISO_8859_1));
            if (bad.thenEof()) {
                session.cut();
            }
            Disconnect end = session.ended();
            assertThat(end.cause()).isEqualTo(bad.cause());
            assertThat(end.source()).isEqualTo(bad.thenEof() ? DisconnectSource.PEER : DisconnectSource.CLIENT);
            assertThat(end.rawError()).isInstanceOfSatisfying(ProtocolException.class, error -> {
                assertThat(error.violation()).isEqualTo(bad.violation());
                assertThat(error.getMessage()).startsWith(bad.violation().toString());
            });
            assertThat(session.sink.bodies).containsExactly("good");

            neighbour.receive(WireText.message("t", "unaffected"));
            assertThat(neighbour.sink.bodies).containsExactly("unaffected");
        }
    }

    @Test
    void every_kind_of_violation_is_among_them() {
        Set<Violation> seen = EnumSet.noneOf(Violation.class);
        badInputs().forEach(bad -> seen.add(bad.violation()));
        assertThat(seen).containsExactlyInAnyOrder(Violation.values());
    }

    @Test
    void what_comes_after_the_violation_is_not_delivered() {
        try (EmbeddedSession session = session()) {
            session.receive(
                    WireText.message("t", "before"),
                    WireText.ack("99", "processed", "success"),
                    WireText.message("t", "after"));
            assertThat(session.ended().cause()).isEqualTo(DisconnectCause.PROTOCOL_ERROR);
            assertThat(session.sink.bodies).containsExactly("before");
        }
    }

    @Test
    void bytes_after_the_close_are_released_unread() {
        try (EmbeddedSession session = session()) {
            session.sink.onEach = message -> {
                session.connection.close(Duration.ZERO);
                session.channel.runPendingTasks();
            };
            ByteBuf received = WireText.buffer(WireText.message("t", "last"), WireText.message("t", "too late"));
            session.channel.pipeline().fireChannelRead(received);
            assertThat(session.ended().cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
            assertThat(session.sink.bodies).containsExactly("last");
            assertThat(received.refCnt()).isZero();
        }
    }

    @Test
    void a_sink_that_throws_ends_the_connection() {
        try (EmbeddedSession session = session()) {
            IllegalStateException mistake = new IllegalStateException("mistake");
            session.sink.onEach = message -> {
                throw mistake;
            };
            session.receive(WireText.message("t", "1"), WireText.message("t", "2"));
            assertThat(session.ended().cause()).isEqualTo(DisconnectCause.INTERNAL_ERROR);
            assertThat(session.ended().rawError()).isSameAs(mistake);
            assertThat(session.sink.bodies).containsExactly("1");
        }
    }

    @Test
    void the_first_cause_wins() {
        try (EmbeddedSession session = session()) {
            session.sink.onEach = message -> {
                session.connection.close(Duration.ZERO); // takes effect after this delivery
                throw new IllegalStateException("mistake");
            };
            session.receive(WireText.message("t", "1"), WireText.LOGON_ACK);
            assertThat(session.ended().cause()).isEqualTo(DisconnectCause.INTERNAL_ERROR);
        }
    }

    private static EmbeddedSession session() {
        return EmbeddedSession.loggedOn(
                Requests.with(EmbeddedSession.request(), Limits.DEFAULTS.withMaxFrameBytes(4096)));
    }

    private static Bad raw(String name, Violation violation, int... bytes) {
        return new Bad(name, bytes(bytes), violation, false);
    }

    /** A frame whose content is given character by byte, so that it can be no UTF-8. */
    private static Bad frame(String name, Violation violation, String content) {
        int length = content.length();
        return new Bad(name, bytes(0, 0, length >> 8, length & 0xff) + content, violation, false);
    }

    private static String bytes(int... values) {
        StringBuilder bytes = new StringBuilder();
        for (int value : values) {
            bytes.append((char) value);
        }
        return bytes.toString();
    }
}
