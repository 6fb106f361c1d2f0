package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.testkit.connect.FakeConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Whoever waits for a publish is told its end, however it ends. */
class PublishEndingsTest {

    @Test
    void a_message_that_the_transport_cannot_send_holds_no_flush_up() {
        Story story = Story.storing();
        story.publish("bad");
        CompletableFuture<Void> flush = story.client.publishFlushAsync().toCompletableFuture();
        story.steps.before("publish", () -> {
            throw new IllegalStateException("no way to write it");
        });
        story.connect();
        assertThat(story.told()).contains("publish 0 PublishDroppedException");
        assertThat(flush).isCompleted();
    }

    @Test
    void a_refusal_is_told_to_the_listener_if_who_asked_has_stopped_waiting() {
        Story story = Story.storing().connect();
        story.publish("a").persisted().toCompletableFuture().completeExceptionally(new TimeoutException());
        story.refuse(1, "not entitled");
        assertThat(story.told()).contains("publish " + story.sequence(1) + " PublishRefusedException");
    }

    @Test
    void a_foreign_ack_that_leaves_no_room_gives_the_connection_up() {
        Story story = Story.storing().connect();
        story.publish("a");
        FakeConnection broker = story.broker();
        broker.persist(Long.MAX_VALUE - 1);
        assertThat(broker.closed().toCompletableFuture().join().cause())
                .isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
        assertThat(broker.closeTimeout()).isEqualTo(Duration.ofMillis(1));
        assertThat(story.client.publishing().stored()).isEqualTo(1);
    }
}
