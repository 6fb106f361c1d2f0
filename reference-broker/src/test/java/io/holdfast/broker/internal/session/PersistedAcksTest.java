package io.holdfast.broker.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Acks leave in the order of the publishes, and none before its message is durable. */
class PersistedAcksTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final WaitingAcks log = new WaitingAcks(0);
    private final List<String> sent = new ArrayList<>();
    private final PersistedAcks acks = acks(Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void one_refused_of_five_is_told_between_two_successes_and_only_after_the_first_is_durable() {
        acks.kept(11, 1);
        acks.kept(12, 2);
        acks.refused(publish(3), "invalid topic");
        acks.kept(13, 4);
        acks.kept(14, 5);
        log.durable(11);
        assertThat(sent).isEmpty();
        log.durable(12);
        assertThat(sent).containsExactly("success 2", "failure 3");
        log.durable(14);
        acks.flush();
        assertThat(sent).containsExactly("success 2", "failure 3", "success 5");
    }

    @Test
    void a_flush_waits_for_what_came_before_it() {
        acks.kept(7, 1);
        acks.whenDurable(7, () -> {
            acks.flush();
            sent.add("flushed");
        });
        assertThat(sent).isEmpty();
        log.durable(7);
        assertThat(sent).containsExactly("success 1", "flushed");
    }

    @Test
    void a_duplicate_is_not_acknowledged_before_what_it_repeats_is_durable() {
        PersistedAcks immediate = acks(Duration.ZERO);
        immediate.kept(20, 9);
        immediate.kept(20, 4);
        assertThat(sent).isEmpty();
        log.durable(20);
        assertThat(sent).containsExactly("success 9", "success 9");
    }

    @Test
    void a_session_that_ended_hears_nothing_more() {
        acks.kept(5, 1);
        acks.stop();
        log.durable(5);
        assertThat(sent).isEmpty();
        assertThat(acks.waiting()).isZero();
    }

    private PersistedAcks acks(Duration interval) {
        return new PersistedAcks(
                ack -> sent.add(ack.text(Field.STATUS) + " " + ack.text(Field.SEQ)),
                timer,
                () -> {},
                log,
                interval,
                "1");
    }

    private static Header publish(long sequence) {
        return Header.of(Verb.PUBLISH).set(Field.SEQ, sequence).build();
    }
}
