package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Limits;
import io.holdfast.client.subscribe.OverflowPolicy;
import io.holdfast.client.subscribe.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** A lane against a model queue, for every policy: random messages come, random turns are given. */
class LanePropertyTest {

    private static final int TURN = -1;

    /** Sizes of payloads to deliver, or a turn of the lane. */
    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(0, 30)), Tuple.of(1, Arbitraries.just(TURN)))
                .list()
                .ofMaxSize(200);
    }

    /** A body of this size that starts with its number, so that none is like another. */
    private static String body(int number, int size) {
        String text = number + ":";
        return text + "x".repeat(Math.max(0, size - text.length()));
    }

    @Property(tries = 500)
    void pause_loses_nothing_stays_within_its_bounds_and_balances(
            @ForAll("steps") List<Integer> steps,
            @ForAll @IntRange(min = 1, max = 6) int messages,
            @ForAll @IntRange(min = 1, max = 60) int bytes) {
        Story story = Story.connected(Limits.DEFAULTS.withLane(messages, bytes));
        Subscription subscription = story.subscribe(Story.request());
        List<String> sent = new ArrayList<>();
        for (int step : steps) {
            if (step == TURN) {
                story.delivery.runNext();
            } else {
                sent.add(body(sent.size(), step));
                story.deliver("1", sent.get(sent.size() - 1));
            }
            assertThat(subscription.waiting()).isLessThanOrEqualTo(messages);
            assertThat(story.broker().pauses()).isBetween(0, 1);
        }
        story.delivery.runAll();
        assertThat(story.handled).isEqualTo(sent);
        assertThat(story.broker().pauses()).isZero();
        assertThat(subscription.dropped()).isZero();
        assertThat(subscription.delivered()).isEqualTo(sent.size());
    }

    @Property(tries = 500)
    void drop_oldest_delivers_the_newest_that_fit(
            @ForAll("steps") List<Integer> steps,
            @ForAll @IntRange(min = 1, max = 6) int messages,
            @ForAll @IntRange(min = 1, max = 60) int bytes) {
        Story story = Story.connected(Limits.DEFAULTS.withLane(messages, bytes));
        Subscription subscription = story.subscribe(Story.request().overflow(OverflowPolicy.DROP_OLDEST));
        Deque<String> waiting = new ArrayDeque<>();
        List<String> expected = new ArrayList<>();
        int number = 0;
        for (int step : steps) {
            if (step == TURN) {
                story.delivery.runAll();
                expected.addAll(waiting);
                waiting.clear();
            } else {
                String body = body(number++, step);
                story.deliver("1", body);
                while (!waiting.isEmpty() && !fits(waiting, body, messages, bytes)) {
                    waiting.removeFirst();
                }
                waiting.add(body);
            }
            assertThat(subscription.waiting()).isEqualTo(waiting.size());
            assertThat(story.handled).isEqualTo(expected);
        }
        assertThat(subscription.dropped() + subscription.delivered() + subscription.waiting())
                .isEqualTo(number);
        assertThat(story.broker().pauses()).isZero();
    }

    @Property(tries = 500)
    void fail_delivers_everything_until_one_does_not_fit_and_nothing_after(
            @ForAll("steps") List<Integer> steps,
            @ForAll @IntRange(min = 1, max = 6) int messages,
            @ForAll @IntRange(min = 1, max = 60) int bytes) {
        Story story = Story.connected(Limits.DEFAULTS.withLane(messages, bytes));
        Subscription subscription = story.subscribe(Story.request().overflow(OverflowPolicy.FAIL));
        Deque<String> waiting = new ArrayDeque<>();
        List<String> expected = new ArrayList<>();
        boolean failed = false;
        int number = 0;
        for (int step : steps) {
            if (step == TURN) {
                story.delivery.runAll();
                expected.addAll(waiting);
                waiting.clear();
            } else {
                String body = body(number++, step);
                story.deliver("1", body);
                failed |= !fits(waiting, body, messages, bytes);
                if (failed) {
                    waiting.clear();
                } else {
                    waiting.add(body);
                }
            }
            assertThat(subscription.isActive()).isEqualTo(!failed);
            assertThat(subscription.waiting()).isEqualTo(waiting.size());
            assertThat(story.handled).isEqualTo(expected);
        }
        long told = story.told().stream()
                .filter(line -> line.startsWith("subscription"))
                .count();
        assertThat(told).isEqualTo(failed ? 1 : 0);
    }

    private static boolean fits(Deque<String> waiting, String body, int messages, int bytes) {
        int total = waiting.stream().mapToInt(String::length).sum();
        return waiting.isEmpty() || (waiting.size() < messages && total + body.length() <= bytes);
    }
}
