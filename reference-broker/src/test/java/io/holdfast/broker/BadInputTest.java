package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever one connection sends, it alone is closed, for a reason in the log; a witness goes on undisturbed. */
class BadInputTest {

    private final OperatorLines log = new OperatorLines();
    private ReferenceBroker broker;
    private TestClient witness;

    @BeforeEach
    void start() {
        broker = ReferenceBroker.start(BrokerConfig.builder()
                .operatorLog(log)
                .limits(BrokerLimits.DEFAULTS.withMaxFrameBytes(1 << 20))
                .build());
        witness = TestClient.named(broker, "witness");
        witness.subscribe("1", "orders");
    }

    @AfterEach
    void the_witness_noticed_nothing() {
        try (TestClient publisher = TestClient.named(broker, "pub")) {
            publisher.send("{\"c\":\"p\",\"t\":\"orders\"}still here");
            assertThat(witness.read().body()).isEqualTo("still here");
        } finally {
            witness.close();
            broker.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"c":"flush"                            | TRUNCATED_HEADER
            {"c":"flush","a":"proc                  | TRUNCATED_HEADER
            {"c":"flush","a":{"b":1}}               | MALFORMED_HEADER
            {"c":"flush","zz":[1]}                  | MALFORMED_HEADER
            ["c","flush"]                           | MALFORMED_HEADER
            flush                                   | MALFORMED_HEADER
            {"c":"flush" "a":"processed"}           | MALFORMED_HEADER
            {"c":"flush","a":"\\q"}                 | MALFORMED_HEADER
            {"c":"flush","a":"\\ud800"}             | MALFORMED_HEADER
            {"c":"p","t":"orders","s":"one"}        | BAD_FIELD
            {"c":"p","t":"orders","s":-1}           | BAD_FIELD
            {"c":"p","t":"orders","s":1.5}          | BAD_FIELD
            {"c":"p","t":"orders","s":99999999999999999999} | BAD_FIELD
            {"c":"p","t":true}                      | BAD_FIELD
            {"t":"orders"}                          | MISSING_FIELD
            {"c":"dance"}                           | unknown command
            {"c":"ack","a":"processed"}             | unknown command
            {"c":"group_begin"}                     | unknown command
            """)
    void a_bad_header_closes_its_connection(String frame, String reason) {
        try (TestClient client = TestClient.named(broker, "bad")) {
            client.send(frame);
            assertThat(client.isClosedWithoutAWord()).isTrue();
            assertThat(log.await("07-0013 client[bad]")).contains(reason);
        }
    }

    @Test
    void a_header_is_bounded_and_a_body_is_not() {
        String fill = "x".repeat(70_000);
        for (String frame : new String[] {
            "{\"c\":\"p\",\"t\":\"o\",\"zz\":\"" + fill + "\"}",
            "{\"c\":\"p\"," + "\"zz\":1,".repeat(10_000) + "\"t\":\"o\"}",
            "{\"c\":\"p\",\"t\":\"o\"," + " ".repeat(70_000) + "\"zz\":1}"
        }) {
            try (TestClient client = TestClient.named(broker, "long")) {
                client.send(frame);
                assertThat(client.isClosedWithoutAWord()).isTrue();
                assertThat(log.await("07-0013 client[long]")).contains("a header has at most 65536 bytes");
            }
        }
        try (TestClient client = TestClient.named(broker, "large")) {
            client.send("{\"c\":\"p\",\"t\":\"o\"}" + fill);
            assertThat(client.flush().text("status")).isEqualTo("success");
        }
    }

    @Test
    void bad_utf8_closes_its_connection() {
        byte[][] bad = {
            {(byte) 0xc3, '('}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc0, (byte) 0xaf}, {(byte) 0xff}
        };
        for (int i = 0; i < bad.length; i++) {
            try (TestClient client = TestClient.named(broker, "bad-" + i)) {
                byte[] frame = "{\"c\":\"p\",\"t\":\"....\"}".getBytes(StandardCharsets.UTF_8);
                System.arraycopy(bad[i], 0, frame, 14, bad[i].length);
                client.send(frame);
                assertThat(client.isClosedWithoutAWord()).isTrue();
                assertThat(log.await("07-0013 client[bad-" + i)).contains("BAD_UTF8 at byte 14");
            }
        }
    }

    @Test
    void a_zero_length_and_an_oversized_frame_close_their_connection_before_anything_is_buffered() {
        try (TestClient zero = TestClient.named(broker, "zero");
                TestClient huge = TestClient.named(broker, "huge");
                TestClient stranger = TestClient.connect(broker)) {
            zero.sendRaw(new byte[4]);
            assertThat(zero.isClosedWithoutAWord()).isTrue();
            huge.sendRaw(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff});
            assertThat(huge.isClosedWithoutAWord()).isTrue();
            stranger.sendRaw(new byte[] {0, 2, 0, 0});
            assertThat(stranger.isClosedWithoutAWord()).isTrue();
            assertThat(log.await("client[zero]").length()).isPositive();
            assertThat(log.await("07-0013 client[zero]")).contains("EMPTY_FRAME");
            assertThat(log.await("07-0013 client[huge]")).contains("FRAME_TOO_LARGE");
        }
    }

    @Test
    void a_frame_cut_off_by_the_end_of_the_connection_is_told_from_a_clean_end() {
        try (TestClient cut = TestClient.named(broker, "cut");
                TestClient clean = TestClient.named(broker, "clean")) {
            cut.sendRaw(new byte[] {0, 0, 0, 9, '{'});
            cut.endOutput();
            clean.endOutput();
            assertThat(cut.isClosedWithoutAWord()).isTrue();
            assertThat(log.await("07-0013 client[cut]")).contains("TRUNCATED_FRAME");
            assertThat(log.await("07-0013 client[clean]")).endsWith("reason: connection closed");
        }
    }

    @Test
    void random_bytes_and_mutated_commands_never_break_the_broker() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] good = "{\"c\":\"p\",\"t\":\"fuzz\",\"s\":12,\"a\":\"persisted\",\"x\":\"abc\"}{\"id\":1}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            try (TestClient client = i % 2 == 0 ? TestClient.connect(broker) : TestClient.named(broker, "fuzz")) {
                if (i % 3 == 0) {
                    byte[] noise = new byte[1 + random.nextInt(200)];
                    random.nextBytes(noise);
                    client.sendRaw(noise);
                } else {
                    byte[] mutated = good.clone();
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                    client.send(mutated);
                }
            }
        }
        assertThat(log.all()).noneMatch(line -> line.contains("internal error"));
    }
}
