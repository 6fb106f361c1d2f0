package io.holdfast.ha.internal.store.bookmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.internal.store.bookmark.PublisherPositions.Heard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PublisherPositionsTest {

    @Provide
    Arbitrary<List<Position>> messages() {
        Arbitrary<Long> publishers = Arbitraries.longs().between(1, 40).map(n -> n * 0x0101_0101_0101_0101L);
        return Combinators.combine(publishers, Arbitraries.longs().between(1, 100))
                .as(Position::new)
                .list()
                .ofMaxSize(300);
    }

    @Property(tries = 300)
    void they_agree_with_a_map_in_the_order_of_hearing(@ForAll("messages") List<Position> messages) {
        PublisherPositions positions = new PublisherPositions();
        Map<Long, Heard> model = new LinkedHashMap<>();
        long heard = 0;
        for (Position message : messages) {
            heard++;
            Heard before = model.remove(message.publisher());
            long highest = before == null
                    ? message.sequence()
                    : Math.max(before.position().sequence(), message.sequence());
            model.put(message.publisher(), new Heard(new Position(message.publisher(), highest), heard));
            positions.advance(message.publisher(), message.sequence());
        }

        assertThat(positions.heard()).isEqualTo(heard);
        assertThat(positions.all()).containsExactlyElementsOf(model.values());
        model.values()
                .forEach(each -> assertThat(positions.highest(each.position().publisher()))
                        .isEqualTo(each.position().sequence()));
        assertThat(positions.highest(7)).isZero();
        PublisherPositions copy = positions.copy();
        assertThat(copy.all()).isEqualTo(positions.all());
        assertThat(copy.heard()).isEqualTo(heard);
    }

    @Test
    void a_publisher_too_many_takes_the_place_of_the_one_heard_longest_ago() {
        PublisherPositions positions = new PublisherPositions();
        int more = 5_000;
        for (long publisher = 1; publisher <= PublisherPositions.MOST_PUBLISHERS + more; publisher++) {
            positions.advance(publisher, publisher + 1);
            positions.advance(1, publisher + 1); // heard all the time
        }

        assertThat(positions.size()).isEqualTo(PublisherPositions.MOST_PUBLISHERS);
        List<Long> forgotten = new ArrayList<>();
        for (long publisher = 1; publisher <= PublisherPositions.MOST_PUBLISHERS + more; publisher++) {
            long highest = positions.highest(publisher);
            if (highest == 0) {
                forgotten.add(publisher);
            } else if (publisher > 1) {
                assertThat(highest).isEqualTo(publisher + 1);
            }
        }
        assertThat(forgotten).hasSize(more).startsWith(2L, 3L).endsWith(more + 1L);
    }

    @Test
    void the_margin_lies_one_to_two_steps_back() {
        PublisherPositions positions = new PublisherPositions();
        int step = PublisherPositions.MARGIN_STEP;
        for (long sequence = 1; sequence <= 10L * step; sequence++) {
            positions.advance(9, sequence);
            Position margin = positions.margin();
            if (sequence < 2L * step) {
                assertThat(margin).isNull();
            } else {
                assertThat(sequence - margin.sequence()).isBetween((long) step, 2L * step - 1);
            }
        }
    }
}
