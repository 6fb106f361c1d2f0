package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.BlockingCallRefusedException;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.MessageStream;
import io.holdfast.client.subscribe.OverflowPolicy;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.internal.store.bookmark.AcknowledgedPoint;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final PeekedStore points = new PeekedStore();
    private final Story story = new Story(
                    FakeConnector.accepting(),
                    ClientOptions.DEFAULTS.with(Reconnect.always()),
                    null,
                    SubscribeSetup.with(points))
            .connect();

    /** A store that shows what it knows without taking an id over. */
    private static final class PeekedStore implements BookmarkStore {

        private final MemoryBookmarkStore store = new MemoryBookmarkStore(id -> {});
        private final Map<SubscriptionId, Progress> open = new HashMap<>();

        @Override
        public Progress open(SubscriptionId id, Bookmark startOver) {
            Progress progress = store.open(id, startOver);
            open.put(id, progress);
            return progress;
        }

        AcknowledgedPoint point(SubscriptionId id) {
            return open.get(id).point();
        }

        @Override
        public void tend() {
            store.tend();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private MessageStream stream(int depth) {
        SubscribeRequest request = Story.request()
                .id(SubscriptionId.of("1"))
                .bookmark(Bookmark.MOST_RECENT)
                .build();
        return story.client.stream(request, depth, Story.SECOND);
    }

    private void deliver(int number) {
        story.broker()
                .deliver(new FakeMessage(
                        Story.TOPIC, Payload.utf8("m" + number), "1", Optional.of(Bookmark.of("7|" + number + "|"))));
    }

    private static String text(Message message) {
        return message.payload().utf8();
    }

    @Test
    void messages_are_read_in_order_and_may_be_kept() {
        MessageStream stream = stream(10);
        deliver(1);
        deliver(2);
        assertThat(stream.waiting()).isEqualTo(2);
        List<Message> kept = new ArrayList<>();
        assertThat(stream.hasNext()).isTrue();
        assertThat(stream.hasNext()).isTrue();
        kept.add(stream.next());
        kept.add(stream.next(SOON).orElseThrow());
        assertThat(stream.next(SOON)).isEmpty();
        assertThat(kept.stream().map(StreamTest::text)).containsExactly("m1", "m2");
        assertThat(stream.subscription().delivered()).isEqualTo(2);
    }

    @Test
    void a_full_stream_pauses_its_connection_until_it_is_half_read() {
        MessageStream stream = stream(4);
        for (int i = 1; i <= 4; i++) {
            deliver(i);
        }
        assertThat(story.broker().pauses()).isEqualTo(1);
        stream.next();
        assertThat(story.broker().pauses()).isEqualTo(1);
        stream.next();
        assertThat(story.broker().pauses()).isZero();
    }

    @Test
    void a_reconnect_shows_as_a_longer_wait() {
        MessageStream stream = stream(2);
        deliver(1);
        deliver(2);
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        story.time.advance(Duration.ofSeconds(1));
        deliver(2);
        deliver(3);
        assertThat(text(stream.next())).isEqualTo("m1");
        assertThat(text(stream.next())).isEqualTo("m2");
        assertThat(text(stream.next())).isEqualTo("m3");
        assertThat(stream.subscription().duplicates()).isEqualTo(1);
        assertThat(story.broker().pauses()).isZero();
    }

    @Test
    void a_message_is_acknowledged_when_the_next_one_is_asked_for() {
        MessageStream stream = stream(10);
        deliver(1);
        deliver(2);
        deliver(3);
        stream.next();
        assertThat(stream.next(SOON)).isPresent();
        assertThat(highest()).isEqualTo(1);
        assertThat(stream.hasNext()).isTrue();
        assertThat(highest()).isEqualTo(2);
        stream.close();
        assertThat(highest()).as("3 was seen by nobody").isEqualTo(2);
    }

    private long highest() {
        return points.point(SubscriptionId.of("1")).passed().highest(7);
    }

    @Test
    void closing_it_unsubscribes_and_ends_the_reading() {
        MessageStream stream = stream(10);
        deliver(1);
        stream.close();
        stream.close();
        assertThat(story.broker().commands(CommandType.UNSUBSCRIBE)).hasSize(1);
        assertThat(stream.hasNext()).isFalse();
        assertThat(stream.next(SOON)).isEmpty();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    /** A stream is closed once: nobody would try again. */
    @Test
    void one_whose_closing_was_not_answered_is_ended_at_the_broker_and_its_id_is_free() {
        Story story = Story.connected();
        SubscribeRequest mine = Story.request().bookmark(Bookmark.MOST_RECENT).build();
        MessageStream stream = story.client.stream(mine, 10, Story.SECOND);
        story.broker().answerNothing();
        stream.close();
        story.broker().commands(CommandType.UNSUBSCRIBE).get(0).timeOut();
        story.broker().answerWith(SentCommand::succeed);
        story.broker().commands(CommandType.UNSUBSCRIBE).get(1).succeed();
        assertThat(story.client.stream(mine, 10, Story.SECOND).subscription().isActive())
                .isTrue();
    }

    @Test
    void a_client_that_closes_ends_it_with_the_reason_behind_what_had_come() {
        MessageStream stream = stream(10);
        deliver(1);
        story.client.close(Story.SECOND);
        assertThat(text(stream.next())).isEqualTo("m1");
        assertThatThrownBy(stream::hasNext).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> stream.next(SOON)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void reading_where_nothing_may_block_is_refused() {
        MessageStream stream = stream(10);
        List<Throwable> thrown = new ArrayList<>();
        SubscribeRequest other = Story.request().id(SubscriptionId.of("2")).build();
        story.client.subscribe(
                other,
                message -> {
                    try {
                        boolean unused = stream.hasNext();
                    } catch (BlockingCallRefusedException e) {
                        thrown.add(e);
                    }
                },
                Story.SECOND);
        story.deliver("2", "x");
        story.delivery.runAll();
        assertThat(thrown).hasSize(1);
    }

    @Test
    void a_stream_is_a_lane_that_pauses() {
        SubscribeRequest dropping =
                Story.request().overflow(OverflowPolicy.DROP_OLDEST).build();
        assertThatThrownBy(() -> story.client.stream(dropping, Story.SECOND))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
