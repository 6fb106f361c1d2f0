package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Acknowledgement;
import io.holdfast.client.subscribe.FailedResubscribeHandler;
import io.holdfast.client.subscribe.FailedResubscribeHandler.Decision;
import io.holdfast.client.subscribe.OverflowPolicy;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.store.bookmark.AcknowledgedPoint;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.ha.internal.store.bookmark.Moves;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Subscriptions over more than one connection. */
class ResumingTest {

    private static final SubscriptionId ID = SubscriptionId.of("1");

    private final MemoryBookmarkStore store = new MemoryBookmarkStore(id -> {});

    private Story reconnecting() {
        return reconnecting(Limits.DEFAULTS, SubscribeSetup.with(store));
    }

    private static Story reconnecting(Limits limits, SubscribeSetup setup) {
        return new Story(
                FakeConnector.accepting(),
                ClientOptions.DEFAULTS.with(Reconnect.always()).with(limits),
                null,
                setup);
    }

    private static void deliver(FakeConnection broker, String ids, String bookmark, String text) {
        broker.deliver(new FakeMessage(Story.TOPIC, Payload.utf8(text), ids, Optional.of(Bookmark.of(bookmark))));
    }

    private static void deliver(Story story, String bookmark, String text) {
        deliver(story.broker(), "1", bookmark, text);
    }

    /** The connection is lost and there is another. */
    private static void reconnect(Story story) {
        lose(story);
        story.time.advance(Duration.ofSeconds(1));
        assertThat(story.client.state().isConnected()).isTrue();
    }

    private static void lose(Story story) {
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
    }

    private static Command entered(Story story) {
        return story.broker().commands(CommandType.SUBSCRIBE).get(0).command();
    }

    private static SubscribeRequest.Builder from(Bookmark bookmark) {
        return Story.request().id(ID).bookmark(bookmark);
    }

    @Test
    void one_without_a_bookmark_is_entered_again_as_it_was_with_its_further_acks() {
        Story story = reconnecting().connect();
        List<AckType> further = new ArrayList<>();
        Subscription subscription = story.subscribe(Story.request()
                .filter("/a = 1")
                .options("oof")
                .furtherAcks(Set.of(AckType.COMPLETED), ack -> further.add(ack.type())));
        reconnect(story);

        Command again = entered(story);
        assertThat(again.filter()).isEqualTo("/a = 1");
        assertThat(again.options()).isEqualTo("oof");
        assertThat(again.bookmark()).isNull();
        assertThat(again.subscriptionIds()).isEqualTo("1");
        assertThat(again.acks()).containsExactly(AckType.PROCESSED, AckType.COMPLETED);
        story.broker().commands(CommandType.SUBSCRIBE).get(0).further(AckType.COMPLETED);
        assertThat(further).containsExactly(AckType.COMPLETED);
        story.deliver("1", "after");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("after");
        assertThat(subscription.isActive()).isTrue();
    }

    @Test
    void one_with_a_bookmark_goes_on_behind_what_it_received_and_what_comes_again_is_dropped() {
        Story story = reconnecting().connect();
        Subscription subscription = story.subscribe(from(Bookmark.EPOCH));
        assertThat(entered(story).bookmark()).isEqualTo(Bookmark.EPOCH);
        assertThat(entered(story).options()).isNull();
        deliver(story, "7|1|", "a");
        deliver(story, "8|5|", "b"); // waits in the lane, and is not asked for again

        reconnect(story);

        assertThat(entered(story).bookmark()).isEqualTo(Bookmark.of("8|5|"));
        assertThat(entered(story).options()).isEqualTo("bookmark_not_found=epoch");
        deliver(story, "8|5|", "b");
        deliver(story, "7|1|", "a");
        deliver(story, "7|2|", "c");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("a", "b", "c");
        assertThat(subscription.received()).isEqualTo(5);
        assertThat(subscription.duplicates()).isEqualTo(2);
        assertThat(subscription.delivered()).isEqualTo(3);
    }

    @Test
    void what_the_application_said_about_unknown_bookmarks_stays() {
        Story story = reconnecting().connect();
        story.subscribe(from(Bookmark.EPOCH).options("bookmark_not_found=fail,oof"));
        deliver(story, "7|1|", "a");
        reconnect(story);
        assertThat(entered(story).options()).isEqualTo("bookmark_not_found=fail,oof");
    }

    @Test
    void now_is_now_again_if_nothing_came_and_never_goes_back_to_old_messages() {
        Story story = reconnecting().connect();
        story.subscribe(from(Bookmark.NOW));
        reconnect(story);
        assertThat(entered(story).bookmark()).isEqualTo(Bookmark.NOW);
        deliver(story, "7|1|", "a");
        reconnect(story);
        assertThat(entered(story).bookmark()).isEqualTo(Bookmark.of("7|1|"));
        assertThat(entered(story).options()).isNull();
    }

    @Test
    void most_recent_goes_on_from_what_was_acknowledged_under_its_id() {
        Story first = reconnecting().connect();
        first.subscribe(from(Bookmark.MOST_RECENT));
        deliver(first, "7|1|", "a");
        deliver(first, "7|2|", "b");
        first.delivery.runAll();
        deliver(first, "7|3|", "never handled");
        first.client.close(Story.SECOND);

        Story second = reconnecting().connect();
        second.subscribe(from(Bookmark.MOST_RECENT));
        assertThat(entered(second).bookmark())
                .as("fewer than a margin: the start")
                .isEqualTo(Bookmark.EPOCH);
        deliver(second, "7|1|", "a");
        deliver(second, "7|2|", "b");
        deliver(second, "7|3|", "c");
        second.delivery.runAll();
        assertThat(second.handled).containsExactly("c");
    }

    @Test
    void manual_acknowledgements_count_in_any_order_and_after_a_reconnect() {
        Story story = reconnecting().connect();
        Subscription subscription = story.subscribe(from(Bookmark.MOST_RECENT).acknowledge(Acknowledgement.MANUAL));
        deliver(story, "7|1|", "a");
        deliver(story, "7|2|", "b");
        deliver(story, "7|3|", "c");
        story.delivery.runAll();
        reconnect(story);
        assertThat(subscription.acknowledge(Bookmark.of("7|3|"))).isTrue();
        assertThat(subscription.acknowledge(Bookmark.of("7|1|"))).isTrue();
        assertThat(subscription.acknowledge(Bookmark.of("7|1|"))).isFalse();
        assertThat(subscription.acknowledge(Bookmark.of("9|9|"))).isFalse();
        subscription.unsubscribe(Story.SECOND);

        story.handled.clear();
        story.subscribe(from(Bookmark.MOST_RECENT).acknowledge(Acknowledgement.MANUAL));
        for (String each : List.of("1", "2", "3", "4")) {
            deliver(story, "7|" + each + "|", each);
        }
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("2", "4");
    }

    @Test
    void acknowledging_is_for_those_who_said_that_they_would() {
        Story story = reconnecting().connect();
        Subscription auto = story.subscribe(from(Bookmark.EPOCH));
        assertThatThrownBy(() -> auto.acknowledge(Bookmark.of("7|1|"))).isInstanceOf(IllegalStateException.class);
        SubscribeRequest.Builder live = Story.request().acknowledge(Acknowledgement.MANUAL);
        assertThatThrownBy(() -> story.subscribe(live))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MOST_RECENT");
    }

    @Test
    void most_recent_without_an_id_gets_one_that_is_the_same_in_every_process() {
        Story story = reconnecting().connect();
        SubscribeRequest.Builder request = Story.request().bookmark(Bookmark.MOST_RECENT);
        SubscriptionId id = story.subscribe(request).id();
        assertThat(id.value()).startsWith("mr-");
        assertThatThrownBy(() -> story.subscribe(request)).hasMessageContaining("choose another");
        assertThat(story.subscribe(request.filter("/a = 1")).id()).isNotEqualTo(id);
        Story other = reconnecting().connect();
        assertThat(other.subscribe(Story.request().bookmark(Bookmark.MOST_RECENT))
                        .id())
                .isEqualTo(id);
    }

    @Test
    void the_default_start_is_for_those_that_name_none() {
        Story story = reconnecting(Limits.DEFAULTS, SubscribeSetup.with(store).withDefaultStart(Bookmark.EPOCH))
                .connect();
        story.subscribe(Story.request());
        story.subscribe(Story.request().bookmark(Bookmark.NOW));
        assertThat(story.broker().commands(CommandType.SUBSCRIBE).stream()
                        .map(sent -> sent.command().bookmark()))
                .containsExactly(Bookmark.EPOCH, Bookmark.NOW);
    }

    @Test
    void what_is_dropped_for_want_of_room_counts_as_acknowledged() {
        Story story = reconnecting(Limits.DEFAULTS.withLane(2, 1_000), SubscribeSetup.with(store))
                .connect();
        Subscription subscription = story.subscribe(from(Bookmark.MOST_RECENT).overflow(OverflowPolicy.DROP_OLDEST));
        for (String each : List.of("1", "2", "3", "4")) {
            deliver(story, "7|" + each + "|", each);
        }
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("3", "4");
        subscription.unsubscribe(Story.SECOND);
        assertThat(store.open(ID, null).point().passed().highest(7)).isEqualTo(4);
    }

    @Test
    void a_pause_does_not_leak_into_the_next_connection_and_a_full_lane_pauses_that_too() {
        Story story = reconnecting(Limits.DEFAULTS.withLane(2, 1_000), SubscribeSetup.with(store))
                .connect();
        story.subscribe(from(Bookmark.EPOCH));
        deliver(story, "7|1|", "a");
        deliver(story, "7|2|", "b");
        assertThat(story.broker().pauses()).isEqualTo(1);

        reconnect(story);

        assertThat(story.broker().pauses()).isZero();
        deliver(story, "7|3|", "c");
        assertThat(story.broker().pauses()).isEqualTo(1);
        story.delivery.runAll();
        assertThat(story.broker().pauses()).isZero();
        assertThat(story.handled).containsExactly("a", "b", "c");
    }

    @Test
    void a_subscription_made_without_a_connection_is_entered_by_the_next_session() {
        Story story = reconnecting();
        CompletableFuture<Subscription> pending = story.client
                .subscribeAsync(Story.request().build(), story::handle)
                .toCompletableFuture();
        assertThat(pending).isNotDone();
        story.connect();
        assertThat(pending).isCompleted();
        story.deliver("1", "a");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("a");
    }

    @Test
    void one_whose_time_is_up_before_that_is_taken_back() {
        Story story = reconnecting();
        CompletableFuture<Subscription> pending = story.client
                .subscribeAsync(Story.request().build(), story::handle)
                .toCompletableFuture();
        List.copyOf(story.alarms).forEach(Runnable::run);
        assertThat(pending).isCompletedExceptionally();
        story.connect();
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).isEmpty();
    }

    @Test
    void one_that_loses_its_connection_before_the_answer_is_entered_by_the_next() {
        Story story = reconnecting().connect();
        story.broker().answerNothing();
        CompletableFuture<Subscription> pending = story.client
                .subscribeAsync(Story.request().build(), story::handle)
                .toCompletableFuture();
        reconnect(story);
        assertThat(pending).isCompleted();
    }

    @Test
    void an_unsubscribe_without_a_connection_is_done_at_once_and_the_next_session_does_not_enter_it() {
        Story story = reconnecting().connect();
        Subscription first = story.subscribe(Story.request());
        Subscription second = story.subscribe(Story.request());
        lose(story);
        first.unsubscribe(Story.SECOND);
        assertThat(first.isActive()).isFalse();
        story.time.advance(Duration.ofSeconds(1));
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(1);
        assertThat(entered(story).subscriptionIds()).isEqualTo("2");
        assertThat(second.isActive()).isTrue();
        assertThat(story.subscribe(Story.request().id(ID)).isActive())
                .as("its id is free")
                .isTrue();
    }

    @Test
    void an_unsubscribe_that_loses_its_connection_has_reached_its_end() {
        Story story = reconnecting().connect();
        Subscription subscription = story.subscribe(Story.request());
        story.broker().answerNothing();
        CompletableFuture<Void> ended = subscription.unsubscribeAsync().toCompletableFuture();
        reconnect(story);
        assertThat(ended).isCompleted();
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).isEmpty();
    }

    @Test
    void an_unsubscribe_in_the_middle_of_a_resumption_leaves_nothing_at_the_broker() {
        Story story = reconnecting().connect();
        Subscription subscription = story.subscribe(Story.request());
        lose(story);
        story.steps.before("execute", subscription::unsubscribeAsync);
        story.time.advance(Duration.ofSeconds(1));
        assertThat(subscription.isActive()).isFalse();
        List<CommandType> sent = story.broker().commands().stream()
                .map(each -> each.command().type())
                .toList();
        assertThat(sent).endsWith(CommandType.UNSUBSCRIBE);
    }

    @Test
    void one_that_is_refused_goes_to_its_handler_and_the_others_go_on() {
        for (Decision decision : Decision.values()) {
            List<String> asked = new ArrayList<>();
            FailedResubscribeHandler handler = (subscription, refusal) -> {
                asked.add(subscription.id() + " " + refusal.getMessage());
                return decision;
            };
            Story story =
                    reconnecting(Limits.DEFAULTS, SubscribeSetup.with(store).withFailedResubscribe(handler));
            story.connect();
            Subscription bad = story.subscribe(Story.request());
            Subscription good = story.subscribe(Story.request());
            story.steps.before(
                    "execute",
                    () -> story.broker().answerWith(command -> {
                        if ("1".equals(command.command().subscriptionIds())) {
                            command.refuse("not entitled");
                        } else {
                            command.succeed();
                        }
                    }));
            lose(story);
            story.time.advance(Duration.ofSeconds(1));
            story.delivery.runAll();

            assertThat(asked).as(decision.name()).hasSize(1);
            assertThat(asked.get(0)).startsWith("1 ").contains("not entitled");
            assertThat(good.isActive()).isTrue();
            assertThat(bad.isActive()).isEqualTo(decision != Decision.DROP);
            assertThat(story.told().stream().filter(line -> line.startsWith("subscription")))
                    .hasSize(decision == Decision.DROP ? 1 : 0);
            if (decision == Decision.FAIL) {
                assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
            } else {
                assertThat(story.client.state().isConnected()).isTrue();
                reconnect(story);
                assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(decision == Decision.KEEP ? 2 : 1);
            }
        }
    }

    @Test
    void one_that_is_dropped_when_the_next_broker_has_accepted_it_is_ended_there_too() {
        FailedResubscribeHandler handler = (subscription, refusal) -> Decision.DROP;
        Story story = reconnecting(Limits.DEFAULTS, SubscribeSetup.with(store).withFailedResubscribe(handler));
        story.connect();
        Subscription subscription = story.subscribe(Story.request());
        story.steps.before("execute", () -> story.broker().answerWith(command -> command.refuse("not entitled")));
        lose(story);
        story.time.advance(Duration.ofSeconds(1));
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).as("refused").hasSize(1);
        lose(story); // before the handler has had its turn
        story.time.advance(Duration.ofSeconds(2));
        assertThat(story.broker().commands(CommandType.SUBSCRIBE))
                .as("accepted")
                .hasSize(1);

        story.delivery.runAll();

        assertThat(subscription.isActive()).isFalse();
        assertThat(story.broker().commands(CommandType.UNSUBSCRIBE)).hasSize(1);
    }

    @Test
    void more_subscriptions_than_may_be_unanswered_are_entered_one_after_the_other() {
        Story story = reconnecting(Limits.DEFAULTS.withCommandsInFlight(3), SubscribeSetup.with(store))
                .connect();
        for (int i = 0; i < 200; i++) {
            story.subscribe(Story.request());
        }
        reconnect(story);
        assertThat(story.broker().commands(CommandType.SUBSCRIBE).stream()
                        .map(sent -> Integer.parseInt(sent.command().subscriptionIds())))
                .hasSize(200)
                .isSorted();
    }

    @Test
    void a_session_whose_broker_does_not_answer_is_given_up_but_not_while_a_full_lane_holds_up_the_answer() {
        Story story = reconnecting(Limits.DEFAULTS.withLane(2, 1_000), SubscribeSetup.with(store))
                .connect();
        story.subscribe(from(Bookmark.EPOCH));
        story.subscribe(Story.request());
        lose(story);
        story.steps.before(
                "execute",
                () -> story.broker().answerWith(command -> {
                    if ("1".equals(command.command().subscriptionIds())) {
                        command.succeed();
                    }
                }));
        story.time.advance(Duration.ofSeconds(1));
        FakeConnection broker = story.broker();
        deliver(story, "7|1|", "a");
        deliver(story, "7|2|", "b");
        assertThat(broker.pauses()).isEqualTo(1);
        assertThat(story.client.state()).isEqualTo(ClientState.RESUMING);

        List.copyOf(story.alarms).forEach(Runnable::run);
        List.copyOf(story.alarms).forEach(Runnable::run);
        assertThat(story.client.state()).as("it is our own doing").isEqualTo(ClientState.RESUMING);

        story.delivery.runAll();
        for (int i = 0; i < 3; i++) {
            List.copyOf(story.alarms).forEach(Runnable::run);
        }
        assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
    }

    @Test
    void one_that_two_sessions_refuse_before_anything_is_decided_is_dropped_once() {
        FailedResubscribeHandler handler = (subscription, refusal) -> Decision.DROP;
        Story story = reconnecting(Limits.DEFAULTS, SubscribeSetup.with(store).withFailedResubscribe(handler))
                .connect();
        story.subscribe(Story.request());
        for (int session = 0; session < 2; session++) {
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
            story.steps.before("execute", () -> story.broker().answerWith(command -> command.refuse("not entitled")));
            story.time.advance(Duration.ofSeconds(1));
            assertThat(story.client.state()).isEqualTo(ClientState.RESUMING);
        }
        assertThat(story.told().stream().filter(line -> line.startsWith("subscription")))
                .hasSize(1);
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
    }

    /** The broker has answered; who is late is the application. */
    @Test
    void a_handler_that_gives_no_answer_costs_its_subscription_and_not_the_session() {
        FailedResubscribeHandler handler = (subscription, refusal) -> Decision.KEEP;
        Story story = reconnecting(Limits.DEFAULTS, SubscribeSetup.with(store).withFailedResubscribe(handler))
                .connect();
        Subscription bad = story.subscribe(Story.request());
        lose(story);
        story.steps.before("execute", () -> story.broker().answerWith(command -> command.refuse("not entitled")));
        story.time.advance(Duration.ofSeconds(1));
        List<Runnable> alarms =
                List.copyOf(story.alarms); // of the resumption first, then of the handler, who is never run
        assertThat(alarms).hasSize(2);
        alarms.forEach(Runnable::run);
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        assertThat(bad.isActive()).isFalse();
    }

    @Test
    void a_range_is_not_entered_again_once_it_has_been_replayed() {
        Story story = reconnecting().connect();
        Subscription subscription = story.subscribe(from(Bookmark.of("[0:7|9|)")));
        deliver(story, "7|1|", "a");
        reconnect(story);
        assertThat(entered(story).bookmark()).isEqualTo(Bookmark.of("(7|1|:7|9|)"));
        assertThat(entered(story).acks()).contains(AckType.COMPLETED);
        story.broker().commands(CommandType.SUBSCRIBE).get(0).further(AckType.COMPLETED);
        assertThat(subscription.isActive()).isFalse();
        reconnect(story);
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).isEmpty();
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("a");
    }

    @Test
    void a_message_without_a_position_is_delivered_and_moves_nothing() {
        Story story = reconnecting().connect();
        story.subscribe(from(Bookmark.EPOCH));
        story.deliver("1", "no bookmark");
        deliver(story, "20260101T000000Z", "another form");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("no bookmark", "another form");
        reconnect(story);
        assertThat(entered(story).bookmark()).isEqualTo(Bookmark.EPOCH);
    }

    @Test
    void the_handler_sees_the_bookmark_as_the_broker_wrote_it() {
        Story story = reconnecting().connect();
        List<String> seen = new ArrayList<>();
        story.subscribe(
                from(Bookmark.EPOCH),
                message -> seen.add(message.bookmark().orElseThrow().value() + " "
                        + message.copy().bookmark().orElseThrow()));
        deliver(story, "18446744073709551615|42|", "a");
        deliver(story, "20260101T000000Z", "b");
        story.delivery.runAll();
        assertThat(seen)
                .containsExactly(
                        "18446744073709551615|42| 18446744073709551615|42|", "20260101T000000Z 20260101T000000Z");
    }

    @Test
    void answers_of_a_lost_connection_change_nothing() {
        Story story = reconnecting().connect();
        story.subscribe(from(Bookmark.EPOCH));
        FakeConnection old = story.broker();
        SentCommand first = old.commands(CommandType.SUBSCRIBE).get(0);
        reconnect(story);
        first.refuse("late");
        assertThat(story.client.state().isConnected()).isTrue();
        deliver(story, "7|1|", "a");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("a");
    }

    @Test
    void a_thousand_reconnects_leave_no_alarm_no_timer_and_one_subscription() {
        Story story = reconnecting().connect();
        story.subscribe(from(Bookmark.EPOCH));
        for (int i = 1; i <= 1_000; i++) {
            deliver(story, "7|" + i + "|", "x");
            story.publish("y");
            lose(story);
            story.time.advance(Duration.ofSeconds(30)); // the longest delay is 20 s
            assertThat(story.client.state().isConnected()).isTrue();
            assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(1);
            story.delivery.runAll();
            assertThat(story.alarms).isEmpty();
            assertThat(story.time.waiting())
                    .as("until stable, and the watch over the name")
                    .isLessThanOrEqualTo(3);
        }
        assertThat(story.handled).hasSize(1_000);
        story.client.close(Story.TEN);
        assertThat(story.time.waiting()).isZero();
        assertThat(story.alarms).isEmpty();
    }

    @Test
    void a_bookmark_store_that_fails_in_an_unforeseen_way_does_not_stop_the_lane() {
        BookmarkStore.Progress broken = new BookmarkStore.Progress() {
            @Override
            public AcknowledgedPoint point() {
                return new AcknowledgedPoint(Bookmark.EPOCH);
            }

            @Override
            public void apply(Moves moves) {
                throw new IllegalStateException("not foreseen");
            }
        };
        BookmarkStore failing = new BookmarkStore() {
            @Override
            public Progress open(SubscriptionId id, Bookmark startOver) {
                return broken;
            }

            @Override
            public void tend() {}

            @Override
            public void close() {}
        };
        Story story =
                reconnecting(Limits.DEFAULTS, SubscribeSetup.with(failing)).connect();
        story.subscribe(from(Bookmark.MOST_RECENT));
        for (int i = 1; i <= 3; i++) {
            deliver(story, "7|" + i + "|", "x" + i);
            story.delivery.runAll();
        }
        assertThat(story.handled).containsExactly("x1", "x2", "x3");
    }
}
