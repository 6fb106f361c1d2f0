package io.holdfast.ha.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Heartbeat;
import io.holdfast.ha.identity.IdentityOptions.OnDamage;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ValueTypeTest {

    private static final ValueType<Duration> TIMEOUT = DurationText.between("1ms", "1d");
    private static final ValueType<Integer> SIZE = ValueType.size(1, Integer.MAX_VALUE);

    @Test
    void durations_have_a_unit_or_are_iso() {
        assertThat(read(TIMEOUT, "500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(read(TIMEOUT, "5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(read(TIMEOUT, "2 m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(read(TIMEOUT, "24h")).isEqualTo(Duration.ofDays(1));
        assertThat(read(TIMEOUT, "PT1.5S")).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void what_is_no_duration_is_refused_with_its_reason() {
        assertThat(TIMEOUT.wrong("5")).isEqualTo("lacks its unit");
        assertThat(TIMEOUT.wrong("5 parsecs")).isEqualTo("is not a duration");
        assertThat(TIMEOUT.wrong("1.5s")).isEqualTo("is not a duration");
        assertThat(TIMEOUT.wrong("0ms")).isEqualTo("is out of range");
        assertThat(TIMEOUT.wrong("-5s")).isEqualTo("is not a duration");
        assertThat(TIMEOUT.wrong("PT-5S")).isEqualTo("is out of range");
        assertThat(TIMEOUT.wrong("25h")).isEqualTo("is out of range");
        assertThat(TIMEOUT.wrong("999999999999d")).isEqualTo("is out of range");
        assertThat(TIMEOUT.wrong("9999999999999999999999s")).isEqualTo("is not a duration");
    }

    @Test
    void heartbeats_are_off_or_whole_seconds() {
        ValueType<Heartbeat> type = DurationText.heartbeat();
        assertThat(read(type, "off")).isEqualTo(Heartbeat.OFF);
        assertThat(read(type, "1m")).isEqualTo(Heartbeat.every(Duration.ofMinutes(1)));
        assertThat(type.wrong("1500ms")).isEqualTo("is not a whole number of seconds");
        assertThat(type.wrong("500ms")).isEqualTo("is out of range");
        assertThat(type.wrong("2h")).isEqualTo("is out of range");
    }

    @Test
    void sizes_have_units_of_1024_or_of_1000() {
        assertThat(read(SIZE, "65536")).isEqualTo(65_536);
        assertThat(read(SIZE, "4k")).isEqualTo(4_096);
        assertThat(read(SIZE, "4KiB")).isEqualTo(4_096);
        assertThat(read(SIZE, "16MiB")).isEqualTo(16 << 20);
        assertThat(read(SIZE, "16 m")).isEqualTo(16 << 20);
        assertThat(read(SIZE, "200MB")).isEqualTo(200_000_000);
        assertThat(read(SIZE, "1g")).isEqualTo(1 << 30);
    }

    @Test
    void what_is_no_size_is_refused_with_its_reason() {
        assertThat(SIZE.wrong("big")).isEqualTo("is not a size");
        assertThat(SIZE.wrong("-1")).isEqualTo("is not a size");
        assertThat(SIZE.wrong("0")).isEqualTo("is out of range");
        assertThat(SIZE.wrong("2g")).isEqualTo("is out of range");
        assertThat(SIZE.wrong("999999999999GB")).isEqualTo("is out of range");
        assertThat(SIZE.wrong("1TiB")).startsWith("has an unknown unit");
        assertThat(ValueType.count(1, 9).wrong("4k")).isEqualTo("is not a whole number");
        assertThat(ValueType.count(1, 9).wrong("9999999999")).isEqualTo("is out of range");
    }

    @Test
    void decimals_have_a_point_or_none_and_no_exponent() {
        ValueType<Double> type = ValueType.decimal("0.25", "1000");
        assertThat(read(type, "2.5")).isEqualTo(2.5);
        assertThat(read(type, "0.25")).isEqualTo(0.25);
        assertThat(read(type, "1000")).isEqualTo(1_000);
        assertThat(type.wrong("0.2499")).isEqualTo("is out of range");
        assertThat(type.wrong("1000.1")).isEqualTo("is out of range");
        for (String text : new String[] {"2,5", ".5", "5.", "1e3", "-1", "+1", "NaN", "Infinity", "0x1p3", "2.5d"}) {
            assertThat(type.wrong(text)).as(text).isEqualTo("is not a decimal number, such as 2.5");
        }
    }

    @Test
    void choices_are_words_with_dashes() {
        ValueType<OnDamage> type = ValueType.oneOf(OnDamage.class);
        assertThat(type.allowed()).isEqualTo("refuse, set-aside");
        assertThat(read(type, "set-aside")).isEqualTo(OnDamage.SET_ASIDE);
        assertThat(read(type, "Refuse")).isEqualTo(OnDamage.REFUSE);
        assertThat(type.wrong("set_aside")).isEqualTo("is not one of the choices");
    }

    @Test
    void a_boolean_is_nothing_but_true_or_false() {
        assertThat(read(ValueType.BOOLEAN, "true")).isTrue();
        assertThat(read(ValueType.BOOLEAN, "false")).isFalse();
        assertThat(ValueType.BOOLEAN.wrong("yes")).isEqualTo("is neither true nor false");
    }

    @Property
    void no_text_breaks_a_reader(@ForAll String text, @ForAll @IntRange(max = 99) int index) {
        Key key = KeyTable.ALL.get(index % KeyTable.ALL.size());
        String wrong = key.type().wrong(text);
        assertThat(wrong == null || !wrong.isBlank()).isTrue();
    }

    private static <T> T read(ValueType<T> type, String text) {
        return type.parser().apply(text);
    }
}
