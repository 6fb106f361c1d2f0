package io.holdfast.ha.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.SequenceExhaustedException;
import io.holdfast.client.publish.ForeignSequence.Origin;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.ha.store.PublishStoreOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a foreign number proves depends on whether the store had been there before. */
class ForeignOriginTest {

    private static final String ONE = "tcp://amps1:9007";
    private static final String OTHER = "tcp://amps2:9007";

    @TempDir
    Path temp;

    /** A store that published one message to the first server; returns its sequence. */
    private static long publishesToOne(PublishStore store) {
        store.append(StoreFixture.request("a"));
        assertThat(store.logon(ONE, 0)).isNull();
        store.startWriting().toCompletableFuture().join();
        long sequence = StoreFixture.write(store, 1).get(0);
        StoreFixture.forget(store, store.confirm(sequence));
        store.stopWriting();
        return sequence;
    }

    private static PublishStore inMemory() {
        return new StoreFixture(PublishStoreOptions.memory(), null).open();
    }

    /** A number so far above that carries another tag. */
    private static long foreign(long ours, int above) {
        return (ours + above * 40_960L) ^ 1;
    }

    @Test
    void what_an_earlier_store_left_at_a_server_that_is_visited_for_the_first_time_is_no_proof() {
        PublishStore store = inMemory();
        long left = foreign(publishesToOne(store), 1);

        assertThat(store.logon(OTHER, left)).isEqualTo(Origin.FIRST_VISIT);
        store.foreign(left, InDoubtPolicy.HOLD);
        assertThat(store.logon(OTHER, left)).as("known by now").isNull();
    }

    @Test
    void a_number_that_came_to_a_server_since_the_store_was_there_is() {
        PublishStore store = inMemory();
        long rivals = foreign(publishesToOne(store), 1);
        assertThat(store.logon(ONE, rivals)).isEqualTo(Origin.PUBLISHED_SINCE);
    }

    @Test
    void a_rival_in_a_replicated_pair_is_proven_by_his_next_number_wherever_it_shows() {
        PublishStore store = inMemory();
        long ours = publishesToOne(store);
        long rivals = foreign(ours, 1);
        assertThat(store.logon(OTHER, rivals)).isEqualTo(Origin.FIRST_VISIT);
        store.foreign(rivals, InDoubtPolicy.HOLD);
        assertThat(store.logon(ONE, rivals)).as("replicated").isNull();
        assertThat(store.logon(ONE, foreign(ours, 2))).isEqualTo(Origin.PUBLISHED_SINCE);
    }

    @Test
    void a_file_store_knows_after_a_restart_where_it_was() {
        StoreFixture fixture = StoreFixture.file(temp.resolve("store"));
        PublishStore store = fixture.open();
        long ours = publishesToOne(store);
        store.close(StoreFixture.SECOND);

        PublishStore again = fixture.open();
        assertThat(again.logon(OTHER, foreign(ours, 1))).isEqualTo(Origin.FIRST_VISIT);
        again.foreign(foreign(ours, 1), InDoubtPolicy.HOLD);
        assertThat(again.logon(ONE, foreign(ours, 2))).isEqualTo(Origin.PUBLISHED_SINCE);
        again.close(StoreFixture.SECOND);
    }

    @Test
    void a_number_that_leaves_no_room_does_not_become_a_proof_by_being_seen_twice() {
        PublishStore store = inMemory();
        publishesToOne(store);
        for (int visit = 0; visit < 2; visit++) {
            assertThatThrownBy(() -> store.logon(OTHER, Long.MAX_VALUE - 1))
                    .isInstanceOf(SequenceExhaustedException.class);
        }
        assertThat(store.logon(OTHER, 0)).isNull();
    }

    @Test
    void of_very_many_servers_the_latest_are_known() {
        VisitedServers servers = new VisitedServers(List.of(ONE, OTHER));
        assertThat(servers.visit(ONE)).isTrue();
        for (int i = 0; i < VisitedServers.MOST - 1; i++) {
            assertThat(servers.visit("tcp://more" + i + ":9007")).isFalse();
        }
        assertThat(servers.list()).hasSize(VisitedServers.MOST).startsWith(ONE);
        assertThat(servers.visit(OTHER)).isFalse();
    }
}
