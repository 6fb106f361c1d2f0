package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.PublishDroppedException;
import io.holdfast.client.error.PublishInDoubtException;
import io.holdfast.client.error.PublishRefusedException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.FailedWrite;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnection.SentPublish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing with a store, across connections. */
class StoredPublishingTest {

    private final List<FailedWrite> failed = new ArrayList<>();

    @TempDir
    Path temp;

    private Story story(InDoubtPolicy inDoubt) {
        return story(PublishStoreOptions.memory(), StoreFullPolicy.BLOCK, inDoubt);
    }

    private Story story(PublishStoreOptions store, StoreFullPolicy full, InDoubtPolicy inDoubt) {
        return Story.storing(
                store,
                new PublishSetup.Policies(full, inDoubt, (client, write) -> failed.add(write)),
                ClientOptions.DEFAULTS.with(Timeouts.DEFAULTS.withPublish(Duration.ofMillis(1))));
    }

    private static CompletableFuture<SequenceNumber> stage(PublishResult result) {
        return result.persisted().toCompletableFuture();
    }

    private static PublishRequest request(String text) {
        return PublishRequest.of(Story.TOPIC, Payload.utf8(text));
    }

    private static List<Long> sequences(Story story) {
        return story.broker().published().stream()
                .map(sent -> sent.sequence().value())
                .toList();
    }

    /** Loses the connection and takes the next one up. */
    private static void reconnect(Story story) {
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        story.time.advance(Duration.ofSeconds(1));
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
    }

    @Test
    void what_is_published_before_there_is_a_connection_is_sent_first() {
        Story story = Story.storing();
        PublishResult early = story.publish("a");
        assertThat(early.id()).isEqualTo(1);
        assertThat(early.sequence()).isEqualTo(SequenceNumber.NONE);
        story.publish("b");
        story.connect();
        story.publish("c");
        assertThat(story.written()).containsExactly("a", "b", "c");
        assertThat(early.sequence()).isEqualTo(SequenceNumber.of(story.sequence(1)));
    }

    @Test
    void what_is_not_confirmed_is_sent_again_under_its_numbers_and_before_what_came_later() {
        Story story = Story.storing().connect();
        CompletableFuture<SequenceNumber> first = stage(story.publish("a"));
        CompletableFuture<SequenceNumber> second = stage(story.publish("b"));
        story.publish("c");
        story.persist(1);
        List<Long> before = sequences(story);
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        story.publish("d");
        story.time.advance(Duration.ofSeconds(1));
        story.publish("e");

        assertThat(story.written()).containsExactly("b", "c", "d", "e");
        assertThat(sequences(story).subList(0, 2)).isEqualTo(before.subList(1, 3));
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        story.persist(4);
        assertThat(second).isCompletedWithValue(SequenceNumber.of(before.get(1)));
        assertThat(story.client.publishing().stored()).isZero();
    }

    @Test
    void nothing_is_discarded_on_account_of_what_the_broker_says_it_holds() {
        Story story = Story.storing().connect();
        story.publish("a");
        long held = story.sequence(1);
        story.connector.lastSequence(held);
        reconnect(story);
        assertThat(story.written()).containsExactly("a");
        assertThat(sequences(story)).containsExactly(held);
    }

    @Test
    void a_full_write_queue_keeps_no_publish_waiting_and_no_order_is_lost() {
        Story story = Story.storing().connect();
        story.broker().roomFor(2);
        for (String text : List.of("a", "b", "c", "d")) {
            story.publish(text);
        }
        assertThat(story.written()).containsExactly("a", "b");
        assertThat(story.client.publishing().waiting()).isEqualTo(2);
        story.broker().roomFor(1);
        assertThat(story.written()).containsExactly("a", "b", "c");
        story.publish("e");
        story.broker().roomFor(9);
        assertThat(story.written()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void no_more_are_unacknowledged_than_may_be() {
        Story story = Story.storing(
                        PublishStoreOptions.memory(),
                        PublishSetup.Policies.DEFAULTS,
                        ClientOptions.DEFAULTS.with(Limits.DEFAULTS.withPublishesInFlight(2)))
                .connect();
        for (String text : List.of("a", "b", "c", "d")) {
            story.publish(text);
        }
        assertThat(story.written()).containsExactly("a", "b");
        story.persist(1);
        assertThat(story.written()).containsExactly("a", "b", "c");
    }

    @Test
    void a_full_store_waits_refuses_or_drops_the_oldest_and_says_so() {
        Story story = story(PublishStoreOptions.memory().bounds(2, 1 << 20), StoreFullPolicy.BLOCK, InDoubtPolicy.HOLD);
        CompletableFuture<SequenceNumber> oldest = stage(story.publish("a"));
        story.publish("b");
        assertThatThrownBy(() -> story.publish("c"))
                .isInstanceOf(BackPressureException.class)
                .hasMessageContaining("publish store (messages)");
        assertThatThrownBy(() -> story.client.publish(request("c"), StoreFullPolicy.REJECT))
                .isInstanceOf(BackPressureException.class);
        story.client.publish(request("d"), StoreFullPolicy.DROP_OLDEST);

        assertThat(oldest)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PublishDroppedException.class);
        story.told();
        assertThat(failed).singleElement().satisfies(write -> {
            assertThat(write.request().orElseThrow().payload().utf8()).isEqualTo("a");
            assertThat(write.sequence()).isEqualTo(SequenceNumber.NONE);
        });
        story.connect();
        assertThat(story.written()).containsExactly("b", "d");
    }

    @Test
    void a_refused_publish_comes_back_with_its_message_and_not_to_the_listener() {
        Story story = story(InDoubtPolicy.HOLD).connect();
        story.publish("a");
        story.publish("b");
        story.refuse(1, "not entitled");
        assertThat(failed).as("never on the connection's thread").isEmpty();
        assertThat(story.told()).noneMatch(line -> line.startsWith("publish"));
        assertThat(failed).singleElement().satisfies(write -> {
            assertThat(write.id()).isEqualTo(1);
            assertThat(write.request().orElseThrow().payload().utf8()).isEqualTo("a");
            assertThat(write.reason()).isInstanceOf(PublishRefusedException.class);
        });
        assertThat(story.client.publishing().stored()).isEqualTo(1);
    }

    @Test
    void a_foreign_sequence_at_logon_holds_what_was_written_and_renumbers_what_was_not() {
        Story story = story(InDoubtPolicy.HOLD).connect();
        CompletableFuture<SequenceNumber> doubtful = stage(story.publish("a"));
        long foreign = story.sequence(1) + 5_001;
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        story.publish("b");
        story.connector.lastSequence(foreign);
        story.time.advance(Duration.ofSeconds(1));

        assertThat(story.written()).containsExactly("b");
        assertThat(sequences(story)).allMatch(sequence -> sequence > foreign);
        assertThat(story.told()).contains("in doubt [1] HOLD");
        assertThat(doubtful).isNotDone();
        story.persist(1);
        assertThat(doubtful).as("an ack says nothing about it").isNotDone();
        assertThat(story.client.publishing().inDoubt()).isEqualTo(1);

        assertThat(story.client.resolveInDoubt(InDoubt.Resolution.RESEND)).isEqualTo(1);
        assertThat(story.written()).containsExactly("b", "a");
        story.persist(2);
        assertThat(doubtful).isCompletedWithValue(SequenceNumber.of(story.sequence(2)));
    }

    @Test
    void doubt_may_be_ended_by_giving_up() {
        Story story = story(InDoubtPolicy.HOLD).connect();
        CompletableFuture<SequenceNumber> doubtful = stage(story.publish("a"));
        CompletableFuture<Void> flush = story.client.publishFlushAsync().toCompletableFuture();
        story.broker().persist(story.sequence(1) + 5_001);
        assertThat(flush).isCompletedExceptionally();
        assertThat(story.client.resolveInDoubt(List.of(1L, 9L), InDoubt.Resolution.DROP))
                .isEqualTo(1);
        assertThat(doubtful)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PublishDroppedException.class);
        assertThat(story.client.publishing().stored()).isZero();
    }

    @Test
    void doubt_may_fail_or_be_sent_again_by_policy() {
        Story fails = story(InDoubtPolicy.FAIL).connect();
        CompletableFuture<SequenceNumber> given = stage(fails.publish("a"));
        fails.broker().persist(fails.sequence(1) + 5_001);
        assertThat(given)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PublishInDoubtException.class);

        Story resends = story(InDoubtPolicy.RESEND).connect();
        resends.publish("a");
        resends.publish("b");
        long foreign = resends.sequence(2) + 5_001;
        resends.broker().persist(foreign);
        resends.publish("c");
        assertThat(resends.written()).containsExactly("a", "b", "a", "b", "c");
        assertThat(sequences(resends).subList(2, 5)).allMatch(sequence -> sequence > foreign);
    }

    @Test
    void a_flush_outlives_the_connection() {
        Story story = Story.storing().connect();
        story.publish("a");
        CompletableFuture<Void> flush = story.client.publishFlushAsync().toCompletableFuture();
        reconnect(story);
        assertThat(flush).isNotDone();
        story.persist(1);
        assertThat(flush).isCompleted();
    }

    @Test
    void a_number_that_leaves_no_room_fails_the_session_and_nothing_is_sent() {
        Story story = Story.storing(
                PublishStoreOptions.none(),
                PublishSetup.Policies.DEFAULTS,
                ClientOptions.DEFAULTS.with(Reconnect.never()));
        story.connector.lastSequence(Long.MAX_VALUE - 1);
        assertThatThrownBy(story::connect)
                .isInstanceOf(io.holdfast.client.error.SequenceExhaustedException.class)
                .hasMessageContaining("another client name");
        assertThat(story.broker().published()).isEmpty();
    }

    @Test
    void closing_waits_for_confirmations_and_tells_what_is_lost() {
        Story story = Story.storing().connect();
        CompletableFuture<SequenceNumber> confirmed = stage(story.publish("a"));
        story.broker().answerWith(command -> {
            story.persist(1);
            command.succeed();
        });
        story.client.close(Story.TEN);
        assertThat(confirmed).isCompleted();

        Story lost = Story.storing();
        CompletableFuture<SequenceNumber> never = stage(lost.publish("b"));
        lost.client.close(Story.SECOND);
        assertThat(never)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> lost.publish("c")).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void a_file_store_hands_over_from_one_client_to_the_next() {
        PublishStoreOptions file =
                PublishStoreOptions.file().folder(temp.resolve("s")).sync(PublishStoreOptions.Sync.ALWAYS);
        Story first = story(file, StoreFullPolicy.BLOCK, InDoubtPolicy.HOLD).connect();
        first.publish("a");
        first.publish("b");
        first.refuse(1, "no");
        long second = first.sequence(2);
        first.told();
        assertThat(failed).hasSize(1);
        first.client.close(Story.SECOND);

        Story next = story(file, StoreFullPolicy.BLOCK, InDoubtPolicy.HOLD);
        assertThat(next.client.publishing().stored()).isEqualTo(1);
        next.connector.lastSequence(second);
        next.connect();
        assertThat(next.publish("c").id()).isEqualTo(3);
        assertThat(next.written()).containsExactly("b", "c");
        assertThat(next.broker().published()).extracting(SentPublish::sequence).startsWith(SequenceNumber.of(second));
        next.persist(2);
        next.client.close(Story.SECOND);
    }

    /** Confirmations are noted lazily, so that a process that was killed stores much that the broker has. */
    @Test
    void one_ack_may_settle_what_was_not_written_again() {
        PublishStoreOptions file = PublishStoreOptions.file().folder(temp.resolve("s"));
        Story first = Story.storing(file, PublishSetup.Policies.DEFAULTS, ClientOptions.DEFAULTS)
                .connect();
        for (String text : List.of("a", "b", "c", "d")) {
            first.publish(text);
        }
        long held = first.sequence(4);
        first.broker().disconnect(DisconnectCause.PEER_CLOSED);
        first.client.close(Story.TEN);

        Story second = Story.storing(
                file,
                PublishSetup.Policies.DEFAULTS,
                ClientOptions.DEFAULTS.with(Limits.DEFAULTS.withPublishesInFlight(2)));
        second.connector.lastSequence(held);
        var unused = second.client.connectAsync();
        assertThat(second.written()).containsExactly("a", "b");
        second.broker().persist(held);
        assertThat(second.client.publishing().stored()).isZero();
        assertThat(second.client.state()).isEqualTo(ClientState.PROBATION);
        second.publish("e");
        assertThat(second.written()).containsExactly("a", "b", "e");
    }

    /** How long a broker takes to confirm is its affair: its replica may be down for a day. */
    @Test
    void subscriptions_and_the_session_do_not_wait_for_confirmations() {
        Story story = Story.storing(
                        PublishStoreOptions.memory(),
                        PublishSetup.Policies.DEFAULTS,
                        ClientOptions.DEFAULTS.with(Limits.DEFAULTS.withPublishesInFlight(2)))
                .connect();
        story.subscribe(Story.request());
        for (String text : List.of("a", "b", "c")) {
            story.publish(text);
        }
        reconnect(story);
        assertThat(story.written()).containsExactly("a", "b");
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(1);
        story.publish("d");
        story.persist(2);
        assertThat(story.written()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_flush_is_told_at_once_when_nobody_will_confirm_any_more() {
        Story story = Story.storing(
                        PublishStoreOptions.memory(),
                        PublishSetup.Policies.DEFAULTS,
                        ClientOptions.DEFAULTS.with(Reconnect.always().maxAttempts(1)))
                .connect();
        story.publish("a");
        CompletableFuture<Void> before = story.client.publishFlushAsync().toCompletableFuture();
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        assertThat(story.client.state()).isEqualTo(ClientState.FAILED);
        for (CompletableFuture<Void> flush :
                List.of(before, story.client.publishFlushAsync().toCompletableFuture())) {
            assertThat(flush)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(ReconnectGaveUpException.class);
        }
    }

    @Test
    void a_flush_does_not_say_that_what_a_closed_client_left_is_confirmed() {
        for (PublishStoreOptions store :
                List.of(PublishStoreOptions.memory(), PublishStoreOptions.file().folder(temp.resolve("s")))) {
            Story story = Story.storing(store, PublishSetup.Policies.DEFAULTS, ClientOptions.DEFAULTS)
                    .connect();
            story.publish("a");
            story.broker().answerNothing();
            CompletableFuture<Void> before = story.client.publishFlushAsync().toCompletableFuture();
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
            assertThat(before).isNotDone();
            story.client.close(Story.TEN);
            for (CompletableFuture<Void> flush :
                    List.of(before, story.client.publishFlushAsync().toCompletableFuture())) {
                assertThat(flush).isCompletedExceptionally();
            }
        }
    }

    @Test
    void an_error_of_the_transport_in_a_replay_costs_the_session_and_no_more() {
        Story story = Story.storing();
        story.publish("a");
        story.steps.before("publish", () -> {
            throw new OutOfMemoryError("direct memory is used up");
        });
        var unused = story.client.connectAsync();
        assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
        story.time.advance(Duration.ofSeconds(1));
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        assertThat(story.written()).containsExactly("a");
    }

    @Test
    void a_handler_that_publishes_again_is_not_in_anybodys_way() {
        List<String> again = new ArrayList<>();
        Story story = Story.storing(
                        PublishStoreOptions.memory(),
                        new PublishSetup.Policies(StoreFullPolicy.BLOCK, InDoubtPolicy.HOLD, (client, write) -> {
                            again.add(write.request().orElseThrow().payload().utf8());
                            client.publish(request("mended"));
                        }),
                        ClientOptions.DEFAULTS)
                .connect();
        story.publish("bad");
        story.refuse(1, "invalid topic");
        story.told();
        assertThat(again).containsExactly("bad");
        assertThat(story.written()).containsExactly("bad", "mended");
    }
}
