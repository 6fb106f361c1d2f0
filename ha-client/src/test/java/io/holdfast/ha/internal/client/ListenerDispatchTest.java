package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.Client;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.testkit.connect.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ListenerDispatchTest {

    private static final PublishResult PUBLISH = Story.connected().publish("x");

    private final Logger own = (Logger) LoggerFactory.getLogger(ListenerDispatch.class);
    private final Logger defaults = (Logger) LoggerFactory.getLogger(Client.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Story story = Story.idle();
    private final ManualExecutor executor = new ManualExecutor();
    private final BlockingGuard guard = new BlockingGuard();
    private final ListenerDispatch dispatch = new ListenerDispatch(story.client, story.listener, executor, guard);

    @BeforeEach
    void listen() {
        log.start();
        for (Logger logger : List.of(own, defaults)) {
            logger.addAppender(log);
            logger.setAdditive(false);
        }
    }

    @AfterEach
    void stop() {
        for (Logger logger : List.of(own, defaults)) {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }
    }

    private static ListenerDispatch.Event event() {
        return (listener, client) -> listener.onPublishFailed(client, List.of(PUBLISH), new ClientClosedException("c"));
    }

    @Test
    void what_a_listener_throws_is_logged_and_the_next_event_is_told() {
        List<Boolean> mayBlock = new ArrayList<>();
        dispatch.tell((listener, client) -> {
            throw new AssertionError("boom");
        });
        dispatch.tell((listener, client) -> mayBlock.add(guard.mayBlock()));
        executor.runAll();
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage()).isEqualTo("HF-1013 listener-failed client_name=c");
        assertThat(log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("boom");
        assertThat(mayBlock).containsExactly(false);
        assertThat(guard.mayBlock()).isTrue();
    }

    @Test
    void a_listener_that_is_too_far_behind_is_passed_over_in_favour_of_the_log() {
        for (int i = 0; i < ListenerDispatch.MOST_WAITING; i++) {
            dispatch.tell(event());
        }
        assertThat(log.list).isEmpty();
        dispatch.tell(event());
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage()).startsWith("HF-1012 publish-failed");
        executor.runAll();
        assertThat(story.listener.told).hasSize(ListenerDispatch.MOST_WAITING);
    }

    @Test
    void an_executor_that_takes_nothing_more_leaves_the_log() {
        executor.refuse();
        dispatch.tell(event());
        assertThat(log.list).hasSize(1);
        assertThat(story.listener.told).isEmpty();
    }

    @Test
    void an_executor_that_failed_once_is_asked_again() {
        AtomicBoolean broken = new AtomicBoolean(true);
        ListenerDispatch dispatched = new ListenerDispatch(
                story.client,
                story.listener,
                task -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no thread to be had");
                    }
                    task.run();
                },
                guard);
        dispatched.tell(event());
        assertThat(log.list).hasSize(1);
        broken.set(false);
        dispatched.tell(event());
        assertThat(story.listener.told).containsExactly("publish " + PUBLISH.sequence() + " ClientClosedException");
    }
}
