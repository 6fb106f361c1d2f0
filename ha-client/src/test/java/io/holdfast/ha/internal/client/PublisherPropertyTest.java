package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Limits;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.publish.PublishResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** The publisher against a model: a sorted map from the sequences in flight to whether somebody asked for the result. */
class PublisherPropertyTest {

    private static final int WINDOW = 8;

    enum Step {
        PUBLISH,
        PUBLISH_AND_ASK,
        CONFIRM,
        REFUSE,
        ASK_LATER,
        DISCONNECT
    }

    @Provide
    Arbitrary<List<Tuple2<Step, Integer>>> steps() {
        Arbitrary<Step> step = Arbitraries.frequency(
                Tuple.of(6, Step.PUBLISH),
                Tuple.of(6, Step.PUBLISH_AND_ASK),
                Tuple.of(4, Step.CONFIRM),
                Tuple.of(3, Step.REFUSE),
                Tuple.of(2, Step.ASK_LATER));
        Arbitrary<List<Tuple2<Step, Integer>>> before = Combinators.combine(
                        step, Arbitraries.integers().between(-2, 12))
                .as(Tuple::of)
                .list()
                .ofMaxSize(60);
        return before.map(list -> {
            List<Tuple2<Step, Integer>> all = new ArrayList<>(list);
            all.add(Tuple.of(Step.DISCONNECT, 0));
            return all;
        });
    }

    @Property
    void each_result_is_told_exactly_once_and_in_order(@ForAll("steps") List<Tuple2<Step, Integer>> steps) {
        Story story = Story.connected(
                Limits.DEFAULTS.withPublishesInFlight(WINDOW),
                Timeouts.DEFAULTS.withPublish(Duration.ofNanos(1)),
                null);
        TreeMap<Long, Boolean> inFlight = new TreeMap<>();
        TreeMap<Long, PublishResult> results = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        List<String> stages = new ArrayList<>();
        long last = 0;
        for (Tuple2<Step, Integer> step : steps) {
            long target = (inFlight.isEmpty() ? last : inFlight.firstKey()) + step.get2();
            switch (step.get1()) {
                case PUBLISH, PUBLISH_AND_ASK -> {
                    boolean asks = step.get1() == Step.PUBLISH_AND_ASK;
                    PublishResult result = publish(story, inFlight.size());
                    if (result != null) {
                        last++;
                        assertThat(result.id()).isEqualTo(last);
                        inFlight.put(last, asks);
                        results.put(last, result);
                        if (asks) {
                            watch(result, stages);
                        }
                    }
                }
                case ASK_LATER -> {
                    if (inFlight.containsKey(target) && !inFlight.get(target)) {
                        inFlight.put(target, true);
                        watch(results.get(target), stages);
                    }
                }
                case CONFIRM -> {
                    story.broker().persist(wire(story, target));
                    if (target <= last) {
                        inFlight.headMap(target, true)
                                .forEach((sequence, asked) -> expect(expected, asked, sequence, "ok"));
                        inFlight.headMap(target, true).clear();
                    }
                }
                case REFUSE -> {
                    story.broker().refusePublish(wire(story, target), "no");
                    Boolean asked = inFlight.remove(target);
                    if (asked != null) {
                        expect(expected, asked, target, "PublishRefusedException");
                    }
                }
                case DISCONNECT -> {
                    story.broker().disconnect(DisconnectCause.PEER_CLOSED);
                    inFlight.forEach((sequence, asked) -> expect(expected, asked, sequence, "DisconnectedException"));
                }
            }
        }
        List<String> told = story.told().stream()
                .filter(line -> line.startsWith("publish"))
                .map(line -> "listener " + id(story, line.substring(8)))
                .toList();
        assertThat(stages)
                .isEqualTo(expected.stream()
                        .filter(line -> line.startsWith("stage"))
                        .toList());
        assertThat(told)
                .isEqualTo(expected.stream()
                        .filter(line -> line.startsWith("listener"))
                        .toList());
        assertThat(results.values())
                .allMatch(result -> result.persisted().toCompletableFuture().isDone());
    }

    /** The line with the id in the place of the sequence. */
    private static String id(Story story, String line) {
        int blank = line.indexOf(' ');
        long sequence = Long.parseLong(line.substring(0, blank));
        int id = 1;
        while (story.sequence(id) != sequence) {
            id++;
        }
        return id + line.substring(blank);
    }

    /** The sequence of an id that was published; of any other a number that is not new to anybody. */
    private static long wire(Story story, long id) {
        return id < 1 || id > story.broker().published().size() ? 0 : story.sequence((int) id);
    }

    private static PublishResult publish(Story story, int inFlight) {
        try {
            PublishResult result = story.publish("x");
            assertThat(inFlight).isLessThan(WINDOW);
            return result;
        } catch (BackPressureException e) {
            assertThat(inFlight).isEqualTo(WINDOW);
            return null;
        }
    }

    private static void watch(PublishResult result, List<String> stages) {
        var unused = result.persisted()
                .whenComplete((sequence, error) -> stages.add("stage " + result.id() + " "
                        + (error == null ? "ok" : error.getClass().getSimpleName())));
    }

    private static void expect(List<String> expected, boolean asked, long sequence, String outcome) {
        if (asked || !outcome.equals("ok")) {
            expected.add((asked ? "stage " : "listener ") + sequence + " " + outcome);
        }
    }
}
