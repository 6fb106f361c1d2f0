package io.holdfast.ha.internal.store.bookmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every bookmark store does. */
abstract class BookmarkStoreContract {

    /** A store without anything in it. */
    abstract BookmarkStore fresh();

    /** What becomes of the store where it outlives its process: closed and opened again; the same one elsewhere. */
    abstract BookmarkStore reopened(BookmarkStore store);

    static SubscriptionId id(String id) {
        return SubscriptionId.of(id);
    }

    static Moves passed(long publisher, long sequence) {
        Moves moves = new Moves();
        moves.pass(publisher, sequence);
        return moves;
    }

    static Moves beyond(long publisher, long sequence) {
        Moves moves = new Moves();
        moves.beyond(publisher, sequence);
        return moves;
    }

    @Test
    void a_subscription_that_is_new_knows_nothing() {
        try (BookmarkStore store = fresh()) {
            assertThat(store.open(id("a"), null).point().isNew()).isTrue();
        }
    }

    @Test
    void each_id_has_a_point_of_its_own() {
        BookmarkStore store = fresh();
        store.open(id("a"), null).apply(passed(1, 5));
        store.open(id("b"), null).apply(passed(1, 9));

        store = reopened(store);

        assertThat(store.open(id("a"), null).point().passed().highest(1)).isEqualTo(5);
        assertThat(store.open(id("b"), null).point().passed().highest(1)).isEqualTo(9);
        store.close();
    }

    @Test
    void starting_over_forgets_and_goes_on() {
        BookmarkStore store = fresh();
        store.open(id("a"), null).apply(passed(1, 5));
        BookmarkStore.Progress again = store.open(id("a"), Bookmark.of("7|7|"));
        assertThat(again.point().isNew()).isTrue();
        assertThat(again.point().origin()).isEqualTo(Bookmark.of("7|7|"));
        again.apply(passed(2, 1));

        store = reopened(store);

        AcknowledgedPoint point = store.open(id("a"), null).point();
        assertThat(point.passed().highest(1)).isZero();
        assertThat(point.passed().highest(2)).isEqualTo(1);
        assertThat(point.origin()).isEqualTo(Bookmark.of("7|7|"));
        store.close();
    }

    @Test
    void an_earlier_holder_of_an_id_changes_nothing_any_more() {
        BookmarkStore store = fresh();
        BookmarkStore.Progress before = store.open(id("a"), null);
        before.apply(passed(1, 5));
        BookmarkStore.Progress now = store.open(id("a"), null);
        before.apply(passed(1, 6));
        before.apply(beyond(1, 8));

        assertThat(now.point().passed().highest(1)).isEqualTo(5);
        store = reopened(store);
        assertThat(store.open(id("a"), null).point().passed().highest(1)).isEqualTo(5);
        assertThat(store.open(id("a"), null).point().beyond()).isEmpty();
        store.close();
    }

    @Test
    void a_copy_of_a_point_is_a_copy() {
        try (BookmarkStore store = fresh()) {
            BookmarkStore.Progress progress = store.open(id("a"), null);
            AcknowledgedPoint copy = progress.point();
            progress.apply(passed(1, 5));
            copy.beyond().add(new Position(3, 3));

            assertThat(copy.passed().highest(1)).isZero();
            assertThat(progress.point().beyond()).isEmpty();
        }
    }

    @Test
    void the_id_used_longest_ago_makes_room_for_one_too_many() {
        try (BookmarkStore store = fresh()) {
            for (int i = 0; i < BookmarkStore.MOST_SUBSCRIPTIONS + 1; i++) {
                store.open(id("s" + i), null).apply(passed(1, 5));
            }

            assertThat(store.open(id("s1"), null).point().isNew()).isFalse();
            assertThat(store.open(id("s0"), null).point().isNew()).isTrue();
        }
    }

    /** One step of a run: an acknowledgement, a new holder, or the end of a process. */
    record Step(Kind kind, int subscription, long publisher, long sequence) {
        enum Kind {
            PASS,
            BEYOND,
            OPEN,
            START_OVER,
            TEND,
            REOPEN
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(10, Step.Kind.PASS),
                                net.jqwik.api.Tuple.of(6, Step.Kind.BEYOND),
                                net.jqwik.api.Tuple.of(2, Step.Kind.OPEN),
                                net.jqwik.api.Tuple.of(1, Step.Kind.START_OVER),
                                net.jqwik.api.Tuple.of(2, Step.Kind.TEND),
                                net.jqwik.api.Tuple.of(1, Step.Kind.REOPEN)),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.longs().between(1, 50))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    /** What is known of one id, in plain collections. */
    private static final class Model {
        final Map<Long, Long> passed = new HashMap<>();
        final Set<Position> beyond = new HashSet<>();
        long heard;
    }

    @Property(tries = 200)
    void any_run_leaves_what_a_model_of_plain_collections_has(@ForAll("steps") List<Step> steps) {
        BookmarkStore store = fresh();
        Map<Integer, Model> models = new HashMap<>();
        Map<Integer, BookmarkStore.Progress> open = new HashMap<>();
        for (Step step : steps) {
            int number = step.subscription();
            SubscriptionId id = id("s" + number);
            Model model = models.computeIfAbsent(number, n -> new Model());
            BookmarkStore current = store;
            BookmarkStore.Progress progress = open.computeIfAbsent(number, n -> current.open(id, null));
            Position position = new Position(step.publisher(), step.sequence());
            switch (step.kind()) {
                case PASS -> {
                    progress.apply(passed(position.publisher(), position.sequence()));
                    model.passed.merge(position.publisher(), position.sequence(), Math::max);
                    model.beyond.remove(position);
                    model.heard++;
                }
                case BEYOND -> {
                    progress.apply(beyond(position.publisher(), position.sequence()));
                    model.beyond.add(position);
                }
                case OPEN -> open.put(number, store.open(id, null));
                case START_OVER -> {
                    open.put(number, store.open(id, Bookmark.of("7|7|")));
                    models.put(number, new Model());
                }
                case TEND -> store.tend();
                case REOPEN -> {
                    store = reopened(store);
                    open.clear();
                }
            }
        }
        store = reopened(store);
        for (Map.Entry<Integer, Model> each : models.entrySet()) {
            AcknowledgedPoint point = store.open(id("s" + each.getKey()), null).point();
            Model model = each.getValue();
            assertThat(point.beyond()).isEqualTo(model.beyond);
            assertThat(point.passed().heard()).isEqualTo(model.heard);
            assertThat(point.passed().size()).isEqualTo(model.passed.size());
            model.passed.forEach((publisher, sequence) ->
                    assertThat(point.passed().highest(publisher)).isEqualTo(sequence));
        }
        store.close();
    }
}
