package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.CommandType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Enters the subscriptions of a client again at the beginning of one session, a few at a time.
 *
 * <pre>
 * next -- no longer wanted? --&gt; skipped
 *   |     sent --&gt; accepted --------------------&gt; next
 *   |         \--&gt; refused  --&gt; Refusals decide --&gt; next, or the session fails
 *   |         \--&gt; no room  --&gt; again, a little later
 * none left, all answered: resumed.   No answer for as long as a command may take: the session fails
 * </pre>
 *
 * The time in which a full lane pauses the connection does not count: the answers lie behind the messages that nobody reads. Thread-safe; its lock is
 * never held while something is sent or told.
 */
final class Resumption {

    /** The most commands unanswered at a time. */
    private static final int WINDOW = 64;

    private static final Duration WAIT_FOR_ROOM = Duration.ofMillis(50);

    private final Connection to;
    private final Entering entering;
    private final Refusals refusals;
    private final Alarms alarms;
    private final Duration commandTimeout;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final Deque<HaSubscription> waiting;
    private int unanswered;
    /** Of these, refused, and waiting for a decision that has a deadline of its own. */
    private int deciding;

    private boolean waitsForRoom;
    private long answers;
    private Alarms.@Nullable Alarm deadline;

    /** Enters one subscription, if it is wanted still. */
    interface Entering {

        /** Takes it for this connection; false if it was ended, or the connection has. */
        boolean claim(HaSubscription subscription, Connection to);

        /** Sends its command. */
        CompletableFuture<Ack> send(HaSubscription subscription, Connection to);

        /** The broker has it. */
        void accepted(HaSubscription subscription);

        /** Whether its connection was paused since this was asked last, or is. */
        boolean wasPaused();
    }

    /** Decides about one that the broker refused, or that is too large to send. */
    @FunctionalInterface
    interface Refusals {
        /** Refused on this connection. Completes when it is decided; exceptionally if the session is to be given up. */
        CompletableFuture<Void> refused(HaSubscription subscription, MessagingException refusal, Connection by);
    }

    Resumption(
            Connection to,
            Collection<HaSubscription> subscriptions,
            Entering entering,
            Refusals refusals,
            Alarms alarms,
            Duration commandTimeout) {
        this.to = to;
        this.waiting = new ArrayDeque<>(subscriptions);
        this.entering = entering;
        this.refusals = refusals;
        this.alarms = alarms;
        this.commandTimeout = commandTimeout;
    }

    /** Begins; completes when every subscription has been entered, or decided about. */
    CompletableFuture<Void> start() {
        if (waiting.isEmpty()) {
            result.complete(null);
            return result;
        }
        watch(0);
        Outcome.of(result, (nothing, error) -> {
            Alarms.Alarm alarm;
            synchronized (this) {
                alarm = deadline;
            }
            if (alarm != null) {
                alarm.cancel();
            }
        });
        goOn();
        return result;
    }

    private void goOn() {
        while (!result.isDone()) {
            HaSubscription next;
            boolean isLast;
            synchronized (this) {
                next = unanswered < WINDOW && !waitsForRoom ? waiting.poll() : null;
                unanswered += next == null ? 0 : 1;
                isLast = next == null && waiting.isEmpty() && unanswered == 0;
            }
            if (next == null) {
                if (isLast) {
                    result.complete(null);
                }
                return;
            }
            enter(next);
        }
    }

    private void enter(HaSubscription subscription) {
        if (!entering.claim(subscription, to)) {
            answered();
            return;
        }
        Outcome.of(entering.send(subscription, to), (ack, error) -> {
            if (error == null) {
                entering.accepted(subscription);
                answered();
                goOn();
            } else if (error instanceof BackPressureException) {
                later(subscription);
            } else if (error instanceof CommandRefusedException || error instanceof FrameTooLargeException) {
                refused(subscription, (MessagingException) error);
            } else {
                result.completeExceptionally(error);
            }
        });
    }

    private void refused(HaSubscription subscription, MessagingException refusal) {
        synchronized (this) {
            answers++;
            deciding++;
        }
        Outcome.of(refusals.refused(subscription, refusal, to), (nothing, givenUp) -> {
            if (givenUp != null) {
                result.completeExceptionally(givenUp);
            }
            synchronized (this) {
                deciding--;
            }
            answered();
            goOn();
        });
    }

    private synchronized void answered() {
        unanswered--;
        answers++;
    }

    private void later(HaSubscription subscription) {
        boolean isFirst;
        synchronized (this) {
            waiting.addFirst(subscription);
            unanswered--;
            isFirst = !waitsForRoom;
            waitsForRoom = true;
        }
        if (isFirst) {
            alarms.set(WAIT_FOR_ROOM, () -> {
                synchronized (this) {
                    waitsForRoom = false;
                }
                goOn();
            });
        }
    }

    /** Fails the session if a whole deadline passes without an answer. */
    private void watch(long answersBefore) {
        Alarms.Alarm alarm = alarms.set(commandTimeout, () -> {
            long now;
            boolean decides;
            synchronized (this) {
                now = answers;
                decides = deciding > 0 && unanswered == deciding;
            }
            if (result.isDone()) {
                return;
            }
            if (now > answersBefore || decides || entering.wasPaused()) {
                watch(now);
            } else {
                result.completeExceptionally(
                        new CommandTimedOutException(CommandType.SUBSCRIBE, "after a reconnect", commandTimeout));
            }
        });
        synchronized (this) {
            deadline = alarm;
        }
        if (result.isDone()) {
            alarm.cancel();
        }
    }
}
