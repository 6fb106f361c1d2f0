package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Limits;
import io.holdfast.client.Timeouts;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Delivery;
import io.holdfast.client.subscribe.OverflowPolicy;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.testkit.connect.FakeMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverflowTest {

    private static final Limits FOUR = Limits.DEFAULTS.withLane(4, 1_000);

    private static void deliver(Story story, int from, int to) {
        for (int i = from; i <= to; i++) {
            story.deliver("1", Integer.toString(i));
        }
    }

    @Test
    void a_lane_that_fills_pauses_the_connection_and_loses_nothing() {
        Story story = Story.connected(FOUR);
        Subscription subscription = story.subscribe(Story.request());
        deliver(story, 1, 6);
        assertThat(story.broker().pauses()).isEqualTo(1);
        assertThat(subscription.waiting()).isEqualTo(4);
        assertThat(story.broker().unread()).isEqualTo(2);

        story.delivery.runAll();
        assertThat(story.handled).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(story.broker().pauses()).isZero();
    }

    @Test
    void reading_goes_on_when_half_of_the_lane_is_free() {
        Story story = Story.connected(FOUR);
        story.subscribe(Story.request(), message -> {
            story.handle(message);
            story.handled.add("pauses " + story.broker().pauses());
        });
        deliver(story, 1, 4);
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("1", "pauses 1", "2", "pauses 0", "3", "pauses 0", "4", "pauses 0");
    }

    @Test
    void bytes_count_too_and_one_message_may_exceed_them() {
        Story story = Story.connected(Limits.DEFAULTS.withLane(100, 10));
        Subscription subscription = story.subscribe(Story.request());
        story.deliver("1", "twelve bytes");
        story.deliver("1", "x");
        assertThat(subscription.waiting()).isEqualTo(1);
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("twelve bytes", "x");
    }

    @Test
    void a_lane_of_one_on_a_direct_executor_pauses_and_resumes_in_one_delivery() {
        Story story = Story.connected(Limits.DEFAULTS.withLane(1, 1_000), Timeouts.DEFAULTS, Runnable::run);
        story.subscribe(Story.request());
        deliver(story, 1, 5);
        assertThat(story.handled).containsExactly("1", "2", "3", "4", "5");
        assertThat(story.broker().pauses()).isZero();
    }

    @Test
    void an_ended_lane_gives_its_pause_back() {
        Story story = Story.connected(FOUR);
        Subscription subscription = story.subscribe(Story.request());
        deliver(story, 1, 4);
        assertThat(story.broker().pauses()).isEqualTo(1);
        subscription.unsubscribe(Story.SECOND);
        assertThat(story.broker().pauses()).isZero();
    }

    @Test
    void closing_the_client_gives_pauses_back() {
        Story story = Story.connected(FOUR);
        story.subscribe(Story.request());
        deliver(story, 1, 4);
        story.client.close(Story.SECOND);
        assertThat(story.broker().pauses()).isZero();
    }

    @Test
    void drop_oldest_keeps_the_newest_and_counts() {
        Story story = Story.connected(FOUR);
        Subscription subscription = story.subscribe(Story.request().overflow(OverflowPolicy.DROP_OLDEST));
        deliver(story, 1, 6);
        story.delivery.runAll();
        assertThat(story.handled).containsExactly("3", "4", "5", "6");
        assertThat(subscription.dropped()).isEqualTo(2);
        assertThat(subscription.delivered()).isEqualTo(4);
    }

    /** Else the point of acknowledgement would stand still for ever, and all behind it be kept. */
    @Test
    void what_is_dropped_is_acknowledged_although_the_last_of_it_has_no_position() {
        Story story = Story.connected(Limits.DEFAULTS.withLane(10, 100));
        SubscribeRequest.Builder mine =
                Story.request().id(SubscriptionId.of("mine")).bookmark(Bookmark.MOST_RECENT);
        Subscription first = story.subscribe(mine.overflow(OverflowPolicy.DROP_OLDEST));
        deliver(story, "7|1|", "-".repeat(40));
        story.deliver("mine", "-".repeat(40));
        deliver(story, "7|2|", "+".repeat(90));
        story.delivery.runAll();
        assertThat(story.handled).hasSize(1);
        first.unsubscribe(Story.SECOND);

        story.subscribe(mine);
        deliver(story, "7|1|", "one");
        story.delivery.runAll();
        assertThat(story.handled).hasSize(1);
    }

    private static void deliver(Story story, String bookmark, String text) {
        story.broker()
                .deliver(new FakeMessage(Story.TOPIC, Payload.utf8(text), "mine", Optional.of(Bookmark.of(bookmark))));
    }

    @Test
    void fail_ends_the_subscription_alone_tells_the_listener_and_the_broker() {
        Story story = Story.connected(FOUR);
        Subscription failing = story.subscribe(Story.request().overflow(OverflowPolicy.FAIL));
        Subscription other = story.subscribe(Story.request());
        deliver(story, 1, 6);
        story.deliver("2", "other");
        assertThat(story.told()).contains("subscription 1 SubscriptionOverflowException");
        assertThat(story.handled).containsExactly("other");
        assertThat(failing.isActive()).isFalse();
        assertThat(failing.dropped()).isEqualTo(5);
        assertThat(other.isActive()).isTrue();
        assertThat(story.broker().commands(CommandType.UNSUBSCRIBE)).hasSize(1);
    }

    @Test
    void direct_delivery_has_no_queue_and_its_exceptions_reach_the_listener() {
        Story story = Story.connected();
        Subscription subscription = story.subscribe(Story.request().delivery(Delivery.DIRECT), message -> {
            story.handle(message);
            throw new IllegalStateException("boom");
        });
        story.deliver("1", "a");
        story.deliver("1", "b");
        assertThat(story.handled).containsExactly("a", "b");
        assertThat(subscription.delivered()).isEqualTo(2);
        assertThat(story.told()).endsWith("handler 1 boom", "handler 1 boom");
    }

    @Test
    void a_handler_that_throws_even_an_error_reaches_the_listener_and_the_subscription_goes_on() {
        Story story = Story.connected();
        Subscription subscription = story.subscribe(Story.request(), message -> {
            story.handle(message);
            if (message.payload().utf8().equals("a")) {
                throw new StackOverflowError("deep");
            }
            if (message.payload().utf8().equals("b")) {
                throw new Exception("checked");
            }
        });
        story.deliver("1", "a");
        story.deliver("1", "b");
        story.deliver("1", "c");
        assertThat(story.told()).endsWith("handler 1 deep", "handler 1 checked");
        assertThat(story.handled).containsExactly("a", "b", "c");
        assertThat(subscription.isActive()).isTrue();
        assertThat(subscription.delivered()).isEqualTo(3);
    }

    @Test
    void lanes_take_turns_so_that_a_full_one_does_not_starve_another() {
        Story story = Story.connected();
        story.subscribe(Story.request());
        story.subscribe(Story.request(), message -> story.handled.add("other"));
        for (int i = 0; i < 200; i++) {
            story.deliver("1", "x");
        }
        story.deliver("2", "y");
        story.delivery.runAll();
        assertThat(story.handled.indexOf("other")).isBetween(1, 100);
    }
}
