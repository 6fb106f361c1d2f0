package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Limits;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.error.PublishInDoubtException;
import io.holdfast.client.error.PublishRefusedException;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.testkit.connect.FakeConnection.SentPublish;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishingTest {

    private static CompletableFuture<SequenceNumber> stage(PublishResult result) {
        return result.persisted().toCompletableFuture();
    }

    private static void assertFailed(CompletableFuture<?> stage, Class<? extends Throwable> with) {
        assertThat(stage).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(with);
    }

    @Test
    void the_sequence_goes_on_from_the_logon_ack() {
        Story story = Story.resumingAt(41_000);
        long first = story.publish("a").sequence().value();
        long second = story.publish("b").sequence().value();
        assertThat(first).isGreaterThan(41_000);
        assertThat(second).isEqualTo(first + 1024);
        assertThat(story.broker().published())
                .extracting(SentPublish::sequence)
                .containsExactly(SequenceNumber.of(first), SequenceNumber.of(second));
    }

    @Test
    void one_ack_confirms_everything_up_to_its_sequence() {
        Story story = Story.connected();
        List<CompletableFuture<SequenceNumber>> stages =
                List.of(stage(story.publish("1")), stage(story.publish("2")), stage(story.publish("3")));
        story.persist(2);
        assertThat(stages.get(0)).isCompletedWithValue(SequenceNumber.of(story.sequence(1)));
        assertThat(stages.get(1)).isCompletedWithValue(SequenceNumber.of(story.sequence(2)));
        assertThat(stages.get(2)).isNotDone();
    }

    @Test
    void a_refusal_concerns_one_publish_alone() {
        Story story = Story.connected();
        List<CompletableFuture<SequenceNumber>> stages =
                List.of(stage(story.publish("1")), stage(story.publish("2")), stage(story.publish("3")));
        story.persist(1);
        story.refuse(2, "not entitled");
        assertFailed(stages.get(1), PublishRefusedException.class);
        assertThat(stages.get(2)).isNotDone();
        story.persist(3);
        assertThat(stages.get(2)).isCompleted();
        assertThat(story.told()).doesNotContain("publish " + story.sequence(2) + " PublishRefusedException");
    }

    @Test
    void a_failure_nobody_asked_about_is_told_to_the_listener_and_still_to_be_seen_later() {
        Story story = Story.connected();
        PublishResult result = story.publish("1");
        story.refuse(1, "not entitled");
        assertThat(story.told()).endsWith("publish " + story.sequence(1) + " PublishRefusedException");
        assertFailed(stage(result), PublishRefusedException.class);
    }

    @Test
    void a_success_nobody_asked_about_is_there_when_asked() {
        Story story = Story.connected();
        PublishResult result = story.publish("1");
        story.persist(1);
        assertThat(stage(result)).isCompletedWithValue(SequenceNumber.of(story.sequence(1)));
    }

    @Test
    void acks_for_others_confirm_nothing_of_ours() {
        Story story = Story.resumingAt(10);
        CompletableFuture<SequenceNumber> ours = stage(story.publish("1"));
        story.broker().persist(10);
        story.broker().persist(0);
        story.broker().refusePublish(story.sequence(1) + 1, "x");
        story.broker().refusePublish(story.sequence(1) + 1024, "x");
        assertThat(ours).isNotDone();
        story.persist(1);
        assertThat(ours).isCompleted();
    }

    @Test
    void an_ack_for_another_who_publishes_under_our_name_makes_what_is_in_flight_uncertain() {
        Story story = Story.connected();
        CompletableFuture<SequenceNumber> ours = stage(story.publish("1"));
        long foreign = story.sequence(1) + 4_001;
        story.broker().persist(foreign);
        assertFailed(ours, PublishInDoubtException.class);
        assertThat(story.publish("2").sequence().value()).isGreaterThan(foreign);
    }

    @Test
    void a_disconnect_fails_what_is_in_flight_each_told_once() {
        Story story = Story.connected();
        CompletableFuture<SequenceNumber> asked = stage(story.publish("1"));
        story.publish("2");
        story.broker().disconnect(DisconnectCause.PEER_RESET);
        assertFailed(asked, DisconnectedException.class);
        assertThat(story.told())
                .filteredOn(line -> line.startsWith("publish"))
                .containsExactly("publish " + story.sequence(2) + " DisconnectedException");
    }

    @Test
    void a_publish_that_is_too_large_uses_no_sequence() {
        Story story = Story.connected(Limits.DEFAULTS.withMaxFrameBytes(3));
        assertThatThrownBy(() -> story.publish("long")).isInstanceOf(FrameTooLargeException.class);
        assertThat(story.publish("ok").id()).isEqualTo(1);
    }

    @Test
    void a_full_window_is_waited_for_until_the_deadline_and_nothing_is_sent() {
        Story story = Story.connected(
                Limits.DEFAULTS.withPublishesInFlight(1), Timeouts.DEFAULTS.withPublish(Duration.ofMillis(20)), null);
        story.publish("1");
        assertThatThrownBy(() -> story.publish("2"))
                .isInstanceOf(BackPressureException.class)
                .hasMessageContaining("in-flight window");
        assertThat(story.broker().published()).hasSize(1);
        story.persist(1);
        assertThat(story.publish("3").id()).isEqualTo(2);
    }

    @Test
    void a_full_write_queue_is_waited_for_until_it_is_writable() {
        Story story = Story.connected();
        story.broker().roomFor(0);
        CompletableFuture<PublishResult> late = new CompletableFuture<>();
        Thread publisher = new Thread(() -> late.complete(story.publish("1")));
        publisher.start();
        while (publisher.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        story.broker().roomFor(1);
        Story.join(publisher);
        assertThat(late).isCompleted();
        assertThat(late.join().id()).isEqualTo(1);
    }

    @Test
    void on_threads_that_must_not_wait_a_full_queue_is_refused_at_once() {
        Story story = Story.connected(Limits.DEFAULTS.withPublishesInFlight(1));
        story.publish("1");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        story.subscribe(Story.request(), message -> {
            try {
                story.publish("2");
            } catch (BackPressureException e) {
                thrown.complete(e);
            }
        });
        story.deliver("1", "go");
        story.delivery.runAll();
        assertThat(thrown).isCompleted();
    }

    @Test
    void an_interrupt_ends_the_wait_for_room() {
        Story story = Story.connected(Limits.DEFAULTS.withPublishesInFlight(1));
        story.publish("1");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> story.publish("2")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_disconnect_ends_the_wait_for_room() throws InterruptedException {
        Story story = Story.connected(Limits.DEFAULTS.withPublishesInFlight(1));
        story.publish("1");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread publisher = new Thread(() -> {
            try {
                story.publish("2");
            } catch (DisconnectedException e) {
                thrown.complete(e);
            }
        });
        publisher.start();
        while (publisher.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        Story.join(publisher);
        assertThat(thrown).isCompleted();
    }

    @Test
    void a_flush_of_publishes_waits_for_the_broker_and_for_every_confirmation() {
        Story story = Story.connected();
        story.broker().answerNothing();
        story.publish("1");
        story.publish("2");
        CompletableFuture<Void> flush = story.client.publishFlushAsync().toCompletableFuture();
        story.publish("3");
        SentCommand sent = story.broker().commands(CommandType.FLUSH).get(0);
        assertThat(sent.command().acks()).containsExactly(AckType.COMPLETED);

        story.persist(1);
        sent.succeed();
        assertThat(flush).isNotDone();
        story.refuse(2, "no");
        assertThat(flush).isCompleted();
        assertThat(story.alarms).isEmpty();
    }

    @Test
    void a_flush_of_publishes_with_nothing_in_flight_is_done_at_once() {
        Story story = Story.connected();
        story.publish("1");
        story.persist(1);
        story.client.publishFlush(Story.SECOND);
        assertThat(story.broker().commands()).isEmpty();
    }

    @Test
    void a_flush_of_publishes_that_are_never_confirmed_fails_in_time() {
        Story story = Story.connected();
        story.publish("1");
        CompletableFuture<Void> flush = story.client.publishFlushAsync().toCompletableFuture();
        assertThat(flush).isNotDone();
        story.alarms.get(0).run();
        assertFailed(flush, CommandTimedOutException.class);
        CompletableFuture<Void> other = story.client.publishFlushAsync().toCompletableFuture();
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        assertFailed(other, DisconnectedException.class);
        assertThat(story.alarms).isEmpty();
    }

    @Test
    void a_flush_of_publishes_that_finds_the_write_queue_full_waits_for_the_confirmations_all_the_same() {
        Story story = Story.connected();
        story.broker().roomFor(1);
        story.publish("fills it");
        CompletableFuture<Void> flush = story.client.publishFlushAsync().toCompletableFuture();
        assertThat(flush).isNotDone();
        story.persist(1);
        assertThat(flush).isCompleted();
    }

    @Test
    void a_flush_of_publishes_that_a_disconnect_overtakes_does_not_take_the_failed_for_confirmed() {
        Story story = Story.connected();
        Disconnect end =
                new Disconnect(story.broker().endpoint(), "c", DisconnectCause.PEER_CLOSED, null, Duration.ofMillis(1));
        Publisher publisher = Story.publisher(
                new ListenerDispatch(story.client, story.listener, story.delivery, new BlockingGuard()),
                () -> new DisconnectedException(end));
        var unused = publisher.resume(story.broker());
        publisher.publish(PublishRequest.of(Story.TOPIC, Payload.utf8("1")));
        publisher.disconnected(end);
        Commands commands = new Commands(publisher, (delay, task) -> () -> {});
        assertFailed(commands.publishFlush(Story.SECOND), DisconnectedException.class);
    }
}
