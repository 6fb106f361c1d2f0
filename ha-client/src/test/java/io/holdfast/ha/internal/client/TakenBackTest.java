package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Subscriptions that nobody waits for any more are ended at the broker, and their ids are held until they are. */
class TakenBackTest {

    private static SubscribeRequest mostRecent() {
        return Story.request()
                .id(SubscriptionId.of("mine"))
                .bookmark(Bookmark.MOST_RECENT)
                .build();
    }

    private static void deliver(Story story, String bookmark, String text) {
        story.broker()
                .deliver(new FakeMessage(Story.TOPIC, Payload.utf8(text), "mine", Optional.of(Bookmark.of(bookmark))));
    }

    private static List<SentCommand> unsubscribes(Story story) {
        return story.broker().commands(CommandType.UNSUBSCRIBE);
    }

    @Test
    void a_subscription_that_is_not_answered_is_taken_back_at_the_broker() {
        Story story = Story.connected();
        story.broker().answerNothing();
        CompletableFuture<Subscription> pending = story.client
                .subscribeAsync(Story.request().build(), story::handle)
                .toCompletableFuture();
        story.broker().commands().get(0).timeOut();
        assertThat(pending)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(CommandTimedOutException.class);
        assertThat(unsubscribes(story)).hasSize(1);
        assertThat(unsubscribes(story).get(0).command().subscriptionIds()).isEqualTo("1");
        story.deliver("1", "late");
        story.delivery.runAll();
        assertThat(story.handled).isEmpty();
    }

    @Test
    void a_caller_who_gives_up_has_the_subscription_taken_back() {
        Story story = Story.connected();
        story.broker().answerNothing();
        assertThatThrownBy(() -> story.client.subscribe(Story.request().build(), story::handle, Duration.ofMillis(20)))
                .isInstanceOf(CommandTimedOutException.class);
        assertThat(unsubscribes(story)).hasSize(1);
    }

    @Test
    void a_taking_back_that_finds_the_write_queue_full_is_sent_when_there_is_room() {
        Story story = Story.connected();
        story.broker().answerNothing();
        CompletableFuture<Subscription> pending = story.client
                .subscribeAsync(Story.request().build(), story::handle)
                .toCompletableFuture();
        story.broker().roomFor(0);
        pending.cancel(true);
        assertThat(unsubscribes(story)).isEmpty();
        story.broker().roomFor(10);
        assertThat(unsubscribes(story)).hasSize(1);
    }

    /** Its messages would be taken for those of the second, which would then take its own for duplicates. */
    @Test
    void an_id_is_free_when_the_broker_has_said_that_the_one_taken_back_is_gone() {
        Story story = Story.connected();
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        story.client.subscribeAsync(mine, story::handle);
        story.broker().commands().get(0).timeOut();

        CompletableFuture<Subscription> again =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        deliver(story, "7|2|", "second, for the first");
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(1);
        assertThatThrownBy(() -> story.client.subscribeAsync(mine, story::handle))
                .isInstanceOf(IllegalArgumentException.class);

        story.broker().answerWith(SentCommand::succeed);
        unsubscribes(story).get(0).succeed();
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
        deliver(story, "7|1|", "first");
        deliver(story, "7|2|", "second");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("first", "second");
    }

    @Test
    void a_caller_who_tries_again_as_soon_as_it_is_told_is_not_refused() {
        Story story = Story.connected();
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        CompletableFuture<Subscription> again = story.client
                .subscribeAsync(mine, story::handle)
                .exceptionallyCompose(late -> story.client.subscribeAsync(mine, story::handle))
                .toCompletableFuture();
        story.broker().commands().get(0).timeOut();
        story.broker().answerWith(SentCommand::succeed);
        unsubscribes(story).get(0).succeed();
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
    }

    @Test
    void one_that_waits_for_its_id_may_be_given_up_and_has_its_deadline() {
        Story story = Story.connected();
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        story.client.subscribeAsync(mine, story::handle);
        story.broker().commands().get(0).timeOut();

        story.client.subscribeAsync(mine, story::handle).toCompletableFuture().cancel(true);
        CompletableFuture<Subscription> third =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        story.alarms.get(story.alarms.size() - 1).run();
        assertThat(third)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(CommandTimedOutException.class);
        unsubscribes(story).get(0).succeed();
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(1);
        assertThat(unsubscribes(story)).hasSize(1);
    }

    /** What a full lane of another leaves unread may hold up the answer for longer than any command may take; it comes. */
    @Test
    void an_unsubscribe_of_one_taken_back_is_sent_once_and_waits_as_long_as_its_connection_lasts() {
        Story story = Story.connected();
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        story.client.subscribeAsync(mine, story::handle);
        story.broker().commands().get(0).timeOut();
        CompletableFuture<Subscription> again =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        assertThat(unsubscribes(story).get(0).timeout()).isGreaterThanOrEqualTo(Duration.ofHours(1));
        story.broker().answerWith(SentCommand::succeed);
        unsubscribes(story).get(0).refuse("not subscribed");
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
        assertThat(unsubscribes(story)).hasSize(1);
    }

    @Test
    void whatever_a_caller_fails_its_stage_with_the_subscription_is_taken_back() {
        Story story = Story.connected();
        story.broker().answerNothing();
        CompletableFuture<Subscription> first =
                story.client.subscribeAsync(mostRecent(), story::handle).toCompletableFuture();
        first.completeExceptionally(new TimeoutException()); // what orTimeout does
        assertThat(unsubscribes(story)).hasSize(1);
    }

    /** The account may be a file, which takes its time to be opened. */
    @Test
    void one_that_was_ended_while_its_account_was_opened_is_never_sent_and_ends_nobody_else() {
        List<Runnable> meanwhile = new ArrayList<>();
        BookmarkStore memory = new MemoryBookmarkStore(id -> {});
        BookmarkStore slow = new BookmarkStore() {
            @Override
            public Progress open(SubscriptionId id, Bookmark startOver) {
                List<Runnable> now = List.copyOf(meanwhile);
                meanwhile.clear();
                now.forEach(Runnable::run);
                return memory.open(id, startOver);
            }

            @Override
            public void tend() {}

            @Override
            public void close() {}
        };
        Story story = new Story(
                        FakeConnector.accepting(),
                        ClientOptions.DEFAULTS.with(Reconnect.never()),
                        null,
                        SubscribeSetup.with(slow))
                .connect();
        List<CompletableFuture<Subscription>> second = new ArrayList<>();
        meanwhile.add(() -> {
            story.client.unsubscribeAsync(List.of(SubscriptionId.of("mine")));
            second.add(story.client.subscribeAsync(mostRecent(), story::handle).toCompletableFuture());
        });
        assertThat(story.client.subscribeAsync(mostRecent(), story::handle).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(second.get(0)).isCompletedWithValueMatching(Subscription::isActive);
        assertThat(story.broker().commands()).hasSize(1);
    }

    @Test
    void a_connection_that_cannot_send_the_unsubscribe_is_ended_and_the_caller_told_and_the_id_free() {
        Story story = Story.reconnecting(FakeConnector.accepting(), Reconnect.always());
        story.connect();
        story.broker().answerNothing();
        CompletableFuture<Subscription> first =
                story.client.subscribeAsync(mostRecent(), story::handle).toCompletableFuture();
        story.steps.before("execute", () -> {
            throw new OutOfMemoryError("direct memory is used up");
        });
        story.broker().commands(CommandType.SUBSCRIBE).get(0).timeOut();
        assertThat(first)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(CommandTimedOutException.class);
        assertThat(story.broker().closed()).isCompleted();

        story.time.advance(Duration.ofSeconds(30));
        CompletableFuture<Subscription> again =
                story.client.subscribeAsync(mostRecent(), story::handle).toCompletableFuture();
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
    }

    @Test
    void an_id_is_free_when_its_connection_is_lost() {
        Story story = Story.reconnecting(FakeConnector.accepting(), Reconnect.always());
        story.connect();
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        CompletableFuture<Subscription> first =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        first.cancel(true);
        CompletableFuture<Subscription> again =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        assertThat(again).isNotDone();
        story.time.advance(Story.TEN);
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
        assertThat(story.broker().commands()).hasSize(1);
    }

    @Test
    void a_taking_back_that_finds_too_many_commands_unanswered_is_sent_without_asking_and_then_until_it_is_answered() {
        Story story = Story.connected(Limits.DEFAULTS.withCommandsInFlight(1));
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        story.client.subscribeAsync(mine, story::handle).toCompletableFuture().cancel(true);
        assertThat(unsubscribes(story)).hasSize(1);
        assertThat(unsubscribes(story).get(0).command().acks()).isEmpty();

        CompletableFuture<Subscription> again =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        story.broker().answerWith(SentCommand::succeed);
        story.broker().commands().get(0).succeed(); // there is room for one that is answered
        assertThat(again).isNotDone();
        story.alarms.remove(0).run();
        assertThat(unsubscribes(story)).hasSize(2);
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
    }

    @Test
    void a_taking_back_that_waits_for_room_holds_its_id_so_that_it_ends_nobody_else() {
        Story story = Story.connected();
        story.broker().answerNothing();
        SubscribeRequest mine = mostRecent();
        CompletableFuture<Subscription> pending =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        story.broker().roomFor(0);
        pending.cancel(true);
        CompletableFuture<Subscription> again =
                story.client.subscribeAsync(mine, story::handle).toCompletableFuture();
        story.broker().roomFor(10);
        assertThat(unsubscribes(story)).hasSize(1);
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(1);
        story.broker().answerWith(SentCommand::succeed);
        story.alarms.remove(story.alarms.size() - 1).run();
        assertThat(again).isCompletedWithValueMatching(Subscription::isActive);
        assertThat(story.broker().commands().stream().map(sent -> sent.command().type()))
                .containsExactly(
                        CommandType.SUBSCRIBE, CommandType.UNSUBSCRIBE, CommandType.UNSUBSCRIBE, CommandType.SUBSCRIBE);
    }

    /** The one who sends is overtaken twice: by who ends it, and by who takes its id. */
    @Test
    void an_id_is_not_free_while_its_subscribe_is_about_to_be_sent() {
        Story story = Story.connected();
        List<CompletableFuture<Subscription>> next = new ArrayList<>();
        SubscribeRequest mine = mostRecent();
        story.steps.before("execute", () -> {
            story.client.unsubscribeAsync(List.of(SubscriptionId.of("mine")));
            next.add(story.client.subscribeAsync(mine, story::handle).toCompletableFuture());
            assertThat(next.get(0)).isNotDone();
        });
        assertThat(story.subscribe(Story.request().id(SubscriptionId.of("mine")))
                        .isActive())
                .isFalse();
        assertThat(next.get(0)).isCompletedWithValueMatching(Subscription::isActive);
        assertThat(story.broker().commands().stream().map(sent -> sent.command().type()))
                .containsExactly(
                        CommandType.UNSUBSCRIBE, CommandType.SUBSCRIBE, CommandType.UNSUBSCRIBE, CommandType.SUBSCRIBE);
    }
}
