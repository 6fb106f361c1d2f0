package io.holdfast.samples.publish;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void the_first_message_is_due_at_once_and_the_next_an_interval_later() {
        Pacer pacer = Pacer.at(10, 0);
        assertThat(pacer.nanosUntilDue(0)).isZero();
        pacer.sent(0);
        assertThat(pacer.nanosUntilDue(0)).isEqualTo(SECOND / 10);
    }

    @Test
    void a_message_sent_late_does_not_delay_those_after_it() {
        Pacer pacer = Pacer.at(10, 0);
        pacer.sent(30_000_000);
        assertThat(pacer.nanosUntilDue(30_000_000)).isEqualTo(70_000_000);
    }

    @Test
    void after_a_stall_at_most_one_second_is_caught_up_with() {
        Pacer pacer = Pacer.at(10, 0);
        long now = 60 * SECOND;
        int atOnce = 0;
        while (pacer.nanosUntilDue(now) <= 0) {
            pacer.sent(now);
            atOnce++;
        }
        assertThat(atOnce).isEqualTo(12); // the one that was late, those of a second, and the one due now
    }

    @Test
    void after_an_input_that_had_nothing_there_is_no_burst() {
        Pacer pacer = Pacer.at(10, 0);
        pacer.sent(0);
        pacer.inputWasEmpty(60 * SECOND);
        assertThat(pacer.nanosUntilDue(60 * SECOND)).isZero();
        pacer.sent(60 * SECOND);
        assertThat(pacer.nanosUntilDue(60 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Property(tries = 200)
    void n_messages_at_rate_r_take_n_over_r_seconds_however_late_each_one_is(
            @ForAll @IntRange(min = 1, max = 5_000) int rate,
            @ForAll @IntRange(min = 0, max = 100_000) int latenessNanos) {
        Pacer pacer = Pacer.at(rate, 0);
        long now = 0;
        for (int i = 0; i < rate; i++) {
            now += Math.max(0, pacer.nanosUntilDue(now)) + (latenessNanos % (SECOND / rate));
            pacer.sent(now);
        }
        assertThat(now + Math.max(0, pacer.nanosUntilDue(now))).isBetween(SECOND - 1, SECOND + SECOND / rate + 100_000);
    }
}
