package io.holdfast.samples.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.message.Payload;
import io.holdfast.testkit.connect.FakeMessage;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void counters_in_a_row_are_neither_gaps_nor_duplicates() {
        arrive("a", 7, 8, 9);
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(3, 0, 0, 0));
    }

    @Test
    void what_is_left_out_is_a_gap_of_that_size_and_what_comes_again_is_a_duplicate() {
        arrive("a", 1, 2, 5, 5, 4, 6);
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(6, 2, 2, 0));
    }

    @Test
    void publishers_are_counted_apart() {
        arrive("a", 1, 2);
        arrive("b", 1, 2);
        arrive("a", 3);
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(5, 0, 0, 0));
    }

    @Test
    void a_publisher_that_begins_anew_is_a_restart_and_no_duplicate() {
        arrive("a", 1, 2, 3, 1, 2);
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(5, 0, 0, 1));
    }

    @Test
    void everything_a_second_time_does_not_go_unseen() {
        arrive("a", 1, 2, 3);
        arrive("a", 1, 2, 3);
        arrive("a", 1, 2, 3, 4);
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(10, 0, 0, 2));
    }

    @Test
    void a_second_life_is_counted_like_the_first() {
        arrive("a", 1, 2, 3, 1, 1, 2, 2, 5);
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(8, 2, 2, 1));
    }

    @Test
    void what_is_not_ours_is_only_received() {
        for (String text : new String[] {
            "", "{", "[]", "{\"from\":1,\"n\":1}", "{\"from\":\"a\",\"n\":1.5}", "{\"from\":\"a\",\"n\":-1}"
        }) {
            assertThat(HoldMessage.parse(Payload.utf8(text))).isEmpty();
            arrivals.onMessage(FakeMessage.of("t", text));
        }
        assertThat(arrivals.counts()).isEqualTo(new Arrivals.Counts(6, 0, 0, 0));
    }

    @Test
    void a_name_with_quotes_and_line_breaks_survives_the_way() {
        HoldMessage message = new HoldMessage("we\"ird\n\u2028", 42);
        assertThat(HoldMessage.parse(message.payload())).contains(message);
    }

    private void arrive(String from, long... counters) {
        for (long n : counters) {
            arrivals.onMessage(
                    FakeMessage.of("t", new HoldMessage(from, n).payload().utf8()));
        }
    }
}
