package io.holdfast.ha.internal.store;

import static io.holdfast.ha.internal.store.StoreFixture.forget;
import static io.holdfast.ha.internal.store.StoreFixture.logon;
import static io.holdfast.ha.internal.store.StoreFixture.request;
import static io.holdfast.ha.internal.store.StoreFixture.waiting;
import static io.holdfast.ha.internal.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.client.error.SequenceExhaustedException;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.ForeignSequence.Origin;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishStoreStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every publish store does. */
abstract class PublishStoreContract {

    private StoreFixture fixture;
    private PublishStore store;

    /** A store with room for four messages and 1,000 bytes. */
    abstract StoreFixture fixture();

    @BeforeEach
    void open() {
        fixture = fixture();
        store = fixture.open();
    }

    @AfterEach
    void close() {
        store.close(StoreFixture.SECOND);
    }

    private List<Long> append(String... texts) {
        return List.of(texts).stream()
                .map(text -> store.append(request(text)).id())
                .toList();
    }

    @Test
    void ids_rise_from_one() {
        assertThat(append("a", "b", "c")).containsExactly(1L, 2L, 3L);
        assertThat(store.lastId()).isEqualTo(3);
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void sequences_rise_carry_one_tag_and_begin_above_what_the_broker_holds() {
        append("a", "b");
        logon(store, 1_000_000);
        List<Long> sequences = write(store, 9);
        assertThat(sequences.get(0)).isGreaterThan(1_000_000);
        assertThat(sequences.get(1)).isEqualTo(sequences.get(0) + SequenceSource.TAGS);
    }

    @Test
    void an_ack_settles_everything_up_to_it_and_nothing_that_was_not_written() {
        append("a", "b", "c");
        logon(store, 0);
        List<Long> sequences = write(store, 2);
        long beyond = sequences.get(1) + 5 * SequenceSource.TAGS;

        assertThat(store.readAck(beyond)).isEqualTo(PublishStore.AckReading.FOREIGN);
        assertThat(store.readAck(sequences.get(0))).isEqualTo(PublishStore.AckReading.OURS);
        assertThat(forget(store, store.confirm(sequences.get(0)))).containsExactly(1L);
        assertThat(forget(store, store.confirm(sequences.get(1)))).containsExactly(2L);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.settledThrough()).isEqualTo(2);
    }

    @Test
    void a_refusal_takes_out_one() {
        append("a", "b", "c");
        logon(store, 0);
        List<Long> sequences = write(store, 3);
        StoredPublish refused = store.takeBySequence(sequences.get(1));
        assertThat(refused).isNotNull().returns(2L, StoredPublish::id);
        assertThat(store.takeBySequence(sequences.get(1))).isNull();
        assertThat(store.takeBySequence(sequences.get(2) + 1)).isNull();
        assertThat(forget(store, store.confirm(sequences.get(2)))).containsExactly(1L, 3L);
    }

    @Test
    void on_the_next_connection_what_is_not_settled_is_written_again_under_its_numbers() {
        append("a", "b", "c");
        logon(store, 0);
        List<Long> before = write(store, 2);
        forget(store, store.confirm(before.get(0)));
        store.stopWriting();
        append("d");

        logon(store, before.get(1));
        List<Long> after = write(store, 9);

        assertThat(after.get(0)).isEqualTo(before.get(1));
        assertThat(after).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_bounds_are_kept_but_one_message_may_exceed_the_bytes() {
        assertThat(store.hasRoomFor(request("x", 5_000))).isTrue();
        store.append(request("x", 5_000));
        assertThat(store.hasRoomFor(request("y"))).isEqualTo(!store.keepsMessages());
        forget(store, store.takeAll());
        append("a", "b", "c", "d");
        assertThat(store.hasRoomFor(request("e"))).isFalse();
        assertThat(store.isFullByCount()).isTrue();
        forget(store, store.takeOldest());
        assertThat(store.hasRoomFor(request("e"))).isTrue();
    }

    @Test
    void depth_and_age_can_be_seen() {
        append("a");
        fixture.clock.advance(Duration.ofMillis(1500));
        append("b");
        logon(store, 0);
        write(store, 1);
        PublishStoreStatus status = store.status();
        assertThat(status.stored()).isEqualTo(2);
        assertThat(status.bytes()).isEqualTo(2 * (64 + 2));
        assertThat(status.oldestAge()).isEqualTo(Duration.ofMillis(1500));
        assertThat(status.unacknowledged()).isEqualTo(1);
        assertThat(status.waiting()).isEqualTo(1);
        assertThat(status.inDoubt()).isZero();
        forget(store, store.takeAll());
        assertThat(store.status().oldestAge()).isZero();
    }

    @Test
    void a_fresh_store_adopts_whatever_the_broker_holds() {
        assertThat(store.logon(StoreFixture.SERVER, 57)).isNull();
        assertThat(store.logon(StoreFixture.SERVER, 57)).as("again").isNull();
        assertThat(store.logon(StoreFixture.SERVER, 40))
                .as("a replica that is behind")
                .isNull();
    }

    @Test
    void a_number_of_another_gives_what_was_not_written_numbers_above_it() {
        append("a", "b");
        logon(store, 0);
        List<Long> before = write(store, 1);
        store.stopWriting();
        long foreign = (before.get(0) | 1023) + 40_000 ^ 1;

        assertThat(store.logon(StoreFixture.SERVER, foreign)).isEqualTo(Origin.PUBLISHED_SINCE);
        PublishStore.Doubt doubt = store.foreign(foreign, InDoubtPolicy.FAIL);

        assertThat(doubt.ids()).containsExactly(1L);
        assertThat(forget(store, doubt.taken())).containsExactly(1L);
        assertThat(write(store, 9)).hasSize(1).allMatch(sequence -> sequence > foreign);
        assertThat(store.logon(StoreFixture.SERVER, foreign)).as("known by now").isNull();
    }

    @Test
    void a_number_that_leaves_no_room_is_refused_and_changes_nothing() {
        append("a");
        assertThatThrownBy(() -> store.logon(StoreFixture.SERVER, Long.MAX_VALUE - 5))
                .isInstanceOfSatisfying(
                        SequenceExhaustedException.class,
                        e -> assertThat(e.held()).isEqualTo(SequenceNumber.of(Long.MAX_VALUE - 5)));
        logon(store, 0);
        long first = write(store, 1).get(0);
        assertThat(first).isLessThan(2 * SequenceSource.TAGS);
        assertThatThrownBy(() -> store.foreign((Long.MAX_VALUE - 5) ^ (first & 1), InDoubtPolicy.HOLD))
                .isInstanceOf(SequenceExhaustedException.class);
        assertThat(store.readAck(first)).isEqualTo(PublishStore.AckReading.OURS);
    }

    @Test
    void our_own_number_above_all_we_know_of_means_a_lost_tail_and_no_doubt() {
        append("a", "b");
        logon(store, 0);
        List<Long> before = write(store, 1);
        long ours = before.get(0) + 100L * SequenceSource.TAGS;
        assertThat(store.logon(StoreFixture.SERVER, ours)).isNull();
        List<Long> after = write(store, 9);
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(1)).isGreaterThan(ours);
    }

    @Test
    void messages_come_back_as_they_were() {
        assumeThat(store.keepsMessages()).isTrue();
        byte[] reused = "body".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        PublishRequest request = PublishRequest.of(Topic.of("grüße"), Payload.wrap(reused))
                .with(PublishRequest.Options.NONE
                        .expiringAfter(0)
                        .key("k1")
                        .correlation(CorrelationId.of("abc="))
                        .asDelta());
        StoredPublish entry = store.append(request);
        StoredPublish empty = store.append(PublishRequest.of(Topic.of("t"), Payload.empty()));
        reused[0] = 'X';
        PublishRequest read = store.read(entry);
        assertThat(read.topic()).isEqualTo(request.topic());
        assertThat(read.options()).isEqualTo(request.options());
        assertThat(read.payload().utf8()).isEqualTo("body");
        assertThat(store.read(empty).payload().length()).isZero();
        assertThat(store.read(empty).options()).isEqualTo(PublishRequest.Options.NONE);
        forget(store, store.takeAll());
        assertThat(store.read(entry)).isNull();
    }

    @Test
    void what_is_in_doubt_waits_aside_until_it_is_resolved() {
        assumeThat(store.keepsMessages()).isTrue();
        append("a", "b", "c");
        logon(store, 0);
        List<Long> before = write(store, 2);
        long foreign = (before.get(1) + 40_000) ^ 1;

        PublishStore.Doubt doubt = store.foreign(foreign, InDoubtPolicy.HOLD);
        assertThat(doubt.ids()).containsExactly(1L, 2L);
        assertThat(doubt.taken()).isNull();
        assertThat(store.status().inDoubt()).isEqualTo(2);
        assertThat(waiting(store)).containsExactly("3 c");
        List<Long> after = write(store, 9);
        assertThat(forget(store, store.confirm(after.get(0)))).containsExactly(3L);
        assertThat(store.doubtfulIds()).containsExactly(1L, 2L);

        StoredPublish resent = store.findDoubtful(1);
        assertThat(store.resendDoubtful(resent, store.read(resent))).isTrue();
        store.forget(store.takeDoubtful(2));
        assertThat(store.findDoubtful(77)).isNull();
        assertThat(waiting(store)).containsExactly("4 a");
        assertThat(resent.sequence()).isEqualTo(SequenceNumber.NONE);
        assertThat(write(store, 9).get(0)).isGreaterThan(after.get(0));
    }

    @Test
    void everything_can_be_taken_in_order_what_is_in_doubt_first() {
        assumeThat(store.keepsMessages()).isTrue();
        append("a", "b", "c");
        logon(store, 0);
        long written = write(store, 2).get(1);
        store.foreign((written + 40_000) ^ 1, InDoubtPolicy.HOLD);
        assertThat(forget(store, store.takeEverything())).containsExactly(1L, 2L, 3L);
        assertThat(store.size()).isZero();
        assertThat(store.doubtfulIds()).isEmpty();
    }

    @Test
    void what_is_in_doubt_is_sent_again_in_its_place_under_new_numbers_if_that_is_the_policy() {
        assumeThat(store.keepsMessages()).isTrue();
        append("a", "b", "c");
        logon(store, 0);
        List<Long> before = write(store, 2);
        long foreign = (before.get(1) + 40_000) ^ 1;
        assertThat(store.foreign(foreign, InDoubtPolicy.RESEND).ids()).containsExactly(1L, 2L);
        assertThat(waiting(store)).containsExactly("1 a", "2 b", "3 c");
        assertThat(store.readAck(before.get(1))).isNotEqualTo(PublishStore.AckReading.FOREIGN);
        assertThat(store.confirm(before.get(1))).isNull();
        assertThat(write(store, 9)).hasSize(3).isSorted().allMatch(sequence -> sequence > foreign);
    }
}
