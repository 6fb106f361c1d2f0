package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.identity.IdentityStamp;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusEventReaderTest {

    private static final String DOCUMENTED =
            "{\"ClientStatus\":{\"timestamp\":\"20160509T171919.976304Z\",\"event\":\"disconnect\","
                    + "\"client_name\":\"test_client\",\"connection_name\":\"AMPS-Sample-any-tcp-9-242891694350073019\","
                    + "\"correlation_id\":null,\"query_id\":\"1\",\"topic\":\"order\",\"filter\":\"...\",\"options\":\"...\","
                    + "\"sub_id\":\"1\",\"auth_id\":null,\"entitlement_filter\":null,\"reason\":\"name in use\","
                    + "\"client_address\":\"10.0.0.1:99\"}}";

    private final StatusEventReader reader = new StatusEventReader();

    @Test
    void the_documented_shape_is_read() {
        assertThat(reader.read(DOCUMENTED))
                .contains(new StatusEvent(
                        StatusEvent.Kind.DISCONNECT,
                        "test_client",
                        "AMPS-Sample-any-tcp-9-242891694350073019",
                        "10.0.0.1:99",
                        null,
                        "name in use"));
        assertThat(reader.read(DOCUMENTED).orElseThrow().isNameInUse()).isTrue();
    }

    @Test
    void the_wrapper_may_be_missing_the_order_is_free_and_numbers_are_text() {
        assertThat(
                        reader.read(
                                "{\"more\":{\"event\":\"x\"},\"reason\":7,\"client_name\":\"n\",\"event\":\"logon\",\"list\":[1,{}]}"))
                .contains(new StatusEvent(StatusEvent.Kind.LOGON, "n", null, null, null, "7"));
    }

    @Test
    void a_stamp_of_ours_is_recognised_and_what_is_none_is_opaque() {
        IdentityStamp stamp = IdentityStamp.ofNonce("8f3a00c4de119b27");

        assertThat(reader.read(logon(stamp.toCorrelationId())).orElseThrow().stamp())
                .contains(stamp);
        StatusEvent foreign = reader.read(logon(CorrelationId.of("bGVnYWN5"))).orElseThrow();
        assertThat(foreign.stamp()).isEmpty();
        assertThat(foreign.correlationId()).isEqualTo("bGVnYWN5");
    }

    @Test
    void any_other_event_is_a_sign_of_life_but_a_refused_logon_is_none() {
        assertThat(reader.read("{\"event\":\"subscribe\",\"client_name\":\"n\"}")
                        .orElseThrow()
                        .kind())
                .isEqualTo(StatusEvent.Kind.ACTIVITY);
        assertThat(reader.read("{\"event\":\"logon_failed\",\"client_name\":\"n\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"ClientStatus\":[]}",
                "{\"ClientStatus\":{\"event\":\"logon\"}}",
                "{\"ClientStatus\":{\"client_name\":\"n\"}}",
                "{\"event\":\"logon\",\"client_name\":\"\"}",
                "{\"event\":\"logon\",\"client_name\":{\"a\":1}}",
                "{\"event\":\"logon\",\"client_name\":\"n\"} {}",
                "{\"event\":\"logon\",\"client_name\":\"n\",\"client_name\":\"m\"}",
                "{\"event\":\"logon\",\"client_name\":\"n\",\"ClientStatus\":{\"client_name\":\"m\"}}",
                "{'event':'logon'}"
            })
    void what_is_no_event_or_can_be_read_in_two_ways_gives_nothing(String text) {
        assertThat(reader.read(text)).isEmpty();
    }

    @Test
    void the_absent_and_the_huge_give_nothing() {
        assertThat(reader.read(null)).isEmpty();
        assertThat(reader.read("{\"event\":\"logon\",\"client_name\":\"" + "n".repeat(300) + "\"}"))
                .isEmpty();
        assertThat(reader.read("{\"event\":\"logon\",\"client_name\":\"n\",\"x\":\"" + "y".repeat(70_000) + "\"}"))
                .isEmpty();
        assertThat(reader.read("{\"a\":".repeat(5000) + "1" + "}".repeat(5000))).isEmpty();
        assertThat(reader.read("{\"event\":\"logon\",\"client_name\":\"n\",\"reason\":" + "9".repeat(5000) + "}"))
                .isEmpty();
    }

    @Test
    void a_long_token_is_cut() {
        assertThat(reader.read("{\"event\":\"logon\",\"client_name\":\"n\",\"correlation_id\":\"" + "y".repeat(5000)
                                + "\"}")
                        .orElseThrow()
                        .correlationId())
                .hasSize(1024);
    }

    @Property(tries = 2000)
    void no_text_at_all_makes_it_throw(@ForAll String text) {
        assertThat(reader.read(text)).isNotNull();
        assertThat(reader.read("{\"ClientStatus\":{\"event\":\"logon\",\"client_name\":\"" + text + "\"}}"))
                .isNotNull();
    }

    @Property(tries = 2000)
    void a_damaged_event_is_read_or_not_but_never_throws_and_never_grows(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int damages) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(DOCUMENTED);
        for (int i = 0; i < damages; i++) {
            int at = random.nextInt(text.length());
            text.setCharAt(at, "{}[]\",:\\u0\n\u0000xe9-".charAt(random.nextInt(16)));
        }

        Optional<StatusEvent> read = reader.read(text.toString());

        read.ifPresent(event -> assertThat(event.clientName().length()).isBetween(1, 256));
    }

    private static String logon(CorrelationId id) {
        return "{\"ClientStatus\":{\"event\":\"logon\",\"client_name\":\"n\",\"correlation_id\":\"" + id.value()
                + "\"}}";
    }
}
