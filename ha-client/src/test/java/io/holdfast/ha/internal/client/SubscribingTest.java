package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SubscribingTest {

    private static List<SentCommand> unsubscribes(Story story) {
        return story.broker().commands(CommandType.UNSUBSCRIBE);
    }

    @Test
    void a_message_that_comes_before_the_answer_finds_its_handler() {
        Story story = Story.connected();
        story.broker().answerWith(command -> {
            story.deliver("1", "early");
            command.succeed();
        });
        story.subscribe(Story.request());
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("early");
    }

    @Test
    void everything_asked_for_is_in_the_command() {
        Story story = Story.connected();
        List<Ack> further = new ArrayList<>();
        SubscribeRequest request = Story.request()
                .id(SubscriptionId.of("mine"))
                .filter("/a = 1")
                .options("oof")
                .furtherAcks(Set.of(AckType.COMPLETED), further::add)
                .build();
        Subscription subscription = story.client.subscribe(request, story::handle, Story.SECOND);

        SentCommand sent = story.broker().commands(CommandType.SUBSCRIBE).get(0);
        Command command = sent.command();
        assertThat(command.subscriptionIds()).isEqualTo("mine");
        assertThat(command.filter()).isEqualTo("/a = 1");
        assertThat(command.options()).isEqualTo("oof");
        assertThat(command.acks()).containsExactly(AckType.PROCESSED, AckType.COMPLETED);
        sent.further(AckType.COMPLETED);
        assertThat(further).hasSize(1);

        subscription.unsubscribe(Story.SECOND);
        assertThat(sent.isForgotten()).isTrue();
    }

    @Test
    void a_consumer_of_further_acks_that_throws_reaches_the_listener_and_not_the_connection() {
        Story story = Story.connected();
        story.subscribe(Story.request().furtherAcks(Set.of(AckType.COMPLETED), ack -> {
            throw new IllegalStateException("boom");
        }));
        story.broker().commands().get(0).further(AckType.COMPLETED);
        assertThat(story.told()).endsWith("handler 1 boom");
    }

    @Test
    void a_list_of_ids_leads_to_each_once_and_strangers_are_dropped() {
        Story story = Story.connected();
        List<String> others = new ArrayList<>();
        story.subscribe(Story.request());
        story.subscribe(Story.request(), message -> others.add(message.payload().utf8()));
        story.deliver("1,2,1,99", "both");
        story.deliver("2", "second");
        story.deliver("", "nobody's");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("both");
        assertThat(others).containsExactly("both", "second");
    }

    @Test
    void an_id_that_is_active_is_refused_before_anything_is_sent() {
        Story story = Story.connected();
        SubscribeRequest.Builder mine = Story.request().id(SubscriptionId.of("1"));
        Subscription first = story.subscribe(mine);
        assertThatThrownBy(() -> story.subscribe(mine))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id 1 is active");
        assertThat(story.broker().commands()).hasSize(1);
        assertThat(story.subscribe(Story.request()).id()).isEqualTo(SubscriptionId.of("2"));
        first.unsubscribe(Story.SECOND);
        assertThat(story.subscribe(mine).isActive()).isTrue();
    }

    @Test
    void a_refused_subscription_leaves_nothing() {
        Story story = Story.connected();
        story.broker().answerWith(command -> command.refuse("bad filter"));
        assertThatThrownBy(() -> story.subscribe(Story.request())).isInstanceOf(CommandRefusedException.class);
        story.deliver("1", "late");
        story.delivery.runAll();
        assertThat(story.handled).isEmpty();
        assertThat(unsubscribes(story)).isEmpty();
    }

    @Test
    void unsubscribing_drops_what_waits_and_nothing_is_handled_after_it() {
        Story story = Story.connected();
        Subscription subscription = story.subscribe(Story.request());
        story.deliver("1", "waiting");
        assertThat(subscription.waiting()).isEqualTo(1);
        subscription.unsubscribe(Story.SECOND);
        story.deliver("1", "late");
        story.delivery.runAll();
        assertThat(story.handled).isEmpty();
        assertThat(subscription.isActive()).isFalse();
        assertThat(subscription.waiting()).isZero();
    }

    @Test
    void several_and_all_are_ended_with_one_command_each_and_strangers_left_out() {
        Story story = Story.connected();
        story.subscribe(Story.request());
        story.subscribe(Story.request());
        story.subscribe(Story.request());
        story.subscribe(Story.request());
        story.client.unsubscribe(
                List.of(SubscriptionId.of("1"), SubscriptionId.of("x"), SubscriptionId.of("2")), Story.SECOND);
        story.client.unsubscribeAll(Story.SECOND);
        story.client.unsubscribeAll(Story.SECOND);
        assertThat(unsubscribes(story)).hasSize(2);
        assertThat(unsubscribes(story).get(0).command().subscriptionIds()).isEqualTo("1,2");
        assertThat(unsubscribes(story).get(1).command().subscriptionIds().split(","))
                .containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void an_unsubscribe_that_could_not_be_sent_can_be_tried_again() {
        Story story = Story.connected();
        Subscription subscription = story.subscribe(Story.request());
        story.broker().roomFor(0);
        assertThatThrownBy(() -> subscription.unsubscribe(Story.SECOND)).isInstanceOf(BackPressureException.class);
        story.broker().roomFor(10);
        subscription.unsubscribe(Story.SECOND);
        assertThat(unsubscribes(story)).hasSize(1);
    }

    @Test
    void a_second_unsubscribe_waits_for_the_first() {
        Story story = Story.connected();
        Subscription subscription = story.subscribe(Story.request());
        story.broker().answerNothing();
        CompletableFuture<Void> first = subscription.unsubscribeAsync().toCompletableFuture();
        CompletableFuture<Void> second = subscription.unsubscribeAsync().toCompletableFuture();
        assertThat(second).isNotDone();
        unsubscribes(story).get(0).succeed();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(unsubscribes(story)).hasSize(1);
    }

    @Test
    void a_handler_may_end_its_own_subscription() {
        Story story = Story.connected();
        AtomicReference<CompletableFuture<Void>> ended = new AtomicReference<>();
        AtomicReference<Subscription> own = new AtomicReference<>();
        own.set(story.subscribe(Story.request(), message -> {
            story.handle(message);
            ended.set(own.get().unsubscribeAsync().toCompletableFuture());
            assertThat(ended.get()).isCompleted();
        }));
        story.deliver("1", "a");
        story.deliver("1", "b");
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("a");
        assertThat(ended.get()).isCompleted();
        assertThat(story.told()).noneMatch(line -> line.startsWith("handler"));
    }

    @Test
    void the_stage_of_an_unsubscribe_waits_for_the_handler_call_that_runs() throws InterruptedException {
        Story story = Story.connected();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Subscription subscription = story.subscribe(Story.request(), message -> {
            inside.countDown();
            assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
        });
        story.deliver("1", "a");
        Thread lane = new Thread(story.delivery::runAll);
        lane.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> ended = subscription.unsubscribeAsync().toCompletableFuture();
        assertThat(ended).isNotDone();
        leave.countDown();
        Story.join(lane);
        assertThat(ended).isCompleted();
        assertThat(story.alarms).isEmpty();
    }

    @Test
    void a_handler_call_that_does_not_end_does_not_hold_up_an_unsubscribe_for_ever() throws InterruptedException {
        Story story = Story.connected();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Subscription subscription = story.subscribe(Story.request(), message -> {
            inside.countDown();
            assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
        });
        story.deliver("1", "a");
        Thread lane = new Thread(story.delivery::runAll);
        lane.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> ended = subscription.unsubscribeAsync().toCompletableFuture();
        story.alarms.get(0).run();
        assertThat(ended).isCompleted();
        leave.countDown();
        Story.join(lane);
    }

    @Test
    void what_was_received_is_still_handled_after_the_connection_is_lost() {
        Story story = Story.connected();
        Subscription subscription = story.subscribe(Story.request());
        story.deliver("1", "a");
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        assertThat(subscription.isActive()).isFalse();
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("a");
    }

    @Test
    void id_lists_of_a_hostile_broker_are_not_remembered_without_bound() {
        SubscriptionTable table = new SubscriptionTable();
        Story story = Story.connected();
        Router router = new Router(table, Story.publisher(null, () -> null));
        router.attach(story.broker());
        for (int i = 0; i < 5_000; i++) {
            router.onMessage(FakeMessage.of("x" + i, "?"));
        }
        router.onMessage(FakeMessage.of("y".repeat(10_000), "?"));
        assertThat(router.remembered()).isLessThanOrEqualTo(1_024);
        assertThat(router.unknown()).isEqualTo(5_001);
    }

    @Test
    void ending_all_does_not_mean_one_whose_command_has_not_been_sent() {
        Story story = Story.connected();
        story.steps.before("execute", () -> story.client.unsubscribeAllAsync());
        Subscription subscription = story.subscribe(Story.request());
        assertThat(unsubscribes(story)).isEmpty();
        assertThat(subscription.isActive()).isTrue();
    }

    @Test
    void an_unsubscribe_that_overtakes_the_subscribe_leaves_nothing_at_the_broker() {
        Story story = Story.connected();
        story.steps.before("execute", () -> story.client.unsubscribeAsync(List.of(SubscriptionId.of("1"))));
        Subscription subscription = story.subscribe(Story.request());
        assertThat(subscription.isActive()).isFalse();
        assertThat(story.broker().commands().stream().map(sent -> sent.command().type()))
                .containsExactly(CommandType.UNSUBSCRIBE, CommandType.SUBSCRIBE, CommandType.UNSUBSCRIBE);
    }

    /** A client that ends between "may this call go on?" and the entry in the table: nobody else would tell this caller. */
    @Test
    void a_subscribe_that_the_end_of_the_client_overtakes_is_told_so() {
        Story story = Story.idle();
        Roster roster = new Roster(new SubscriptionTable());
        HeldIds heldIds = new HeldIds();
        BlockingGuard guard = new BlockingGuard();
        ListenerDispatch listener = new ListenerDispatch(story.client, story.listener, story.delivery, guard);
        AtomicReference<Subscriptions> subscriptions = new AtomicReference<>();
        Alarms ended = (delay, task) -> () -> {}; // the client's thread is gone, and its timers with it
        subscriptions.set(new Subscriptions(
                roster,
                heldIds,
                (id, request, lanes) -> {
                    subscriptions.get().over(new ClientClosedException("c"));
                    subscriptions.get().endLanes();
                    HaSubscription made = new HaSubscription(id, request, story.client, listener);
                    made.deliverBy(lanes.apply(made));
                    return made;
                },
                new Ledgers("c", SubscribeSetup.inMemory()),
                new Endings(roster, heldIds, ended, story.clock, Story.SECOND, true),
                new Pauses(),
                ended,
                true));
        CompletableFuture<Subscription> result = subscriptions
                .get()
                .subscribe(
                        Story.request().build(),
                        made -> new DirectLane(new HandlerCall(message -> {}, made, listener), guard),
                        Story.SECOND,
                        new ClientClosedException("c"));
        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
        assertThat(roster.all()).isEmpty();
    }
}
