package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.ha.internal.machine.Model.LinkState;
import io.holdfast.ha.internal.machine.Model.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What a client does about its connection: the states of {@link ClientState}, decided one event at a time.
 *
 * <pre>
 * link   NONE --Connect--&gt; OPENING --Connected--&gt; OPEN --LinkLost--&gt; NONE
 *                             | AbandonConnect      | CloseLink
 *                             +-----&gt; CLOSING &lt;-----+   --ConnectFailed, LinkLost, or the close deadline--&gt; NONE
 * </pre>
 *
 * <p>A link is opened only when there is none: the old one is gone before the next logon, or the client would collide with itself.
 * So {@code CONNECTING} may begin with waiting for that. Pure; any thread.
 */
public final class HaMachine {

    private final Draft draft;

    private HaMachine(Model model, long nowNanos) {
        this.draft = new Draft(model, nowNanos);
    }

    /**
     * What becomes of {@code model}, and what is to be done.
     *
     * @param nowNanos monotonic time
     */
    public static Step on(Model model, Event event, long nowNanos) {
        HaMachine machine = new HaMachine(model, nowNanos);
        machine.take(event);
        return machine.draft.step();
    }

    private void take(Event event) {
        if (event instanceof Event.Start start) {
            start(start.connectNanos());
        } else if (event instanceof Event.Abandon abandon) {
            abandon(abandon.failure());
        } else if (event instanceof Event.TimerFired fired) {
            timerFired(fired.timer());
        } else if (event instanceof Event.ReconnectNow) {
            reconnectNow();
        } else if (event instanceof Event.Close) {
            if (draft.state != ClientState.CLOSED) {
                end(ClientState.CLOSED, null);
            }
        } else if (event instanceof Event.Fatal fatal) {
            if (!draft.state.isTerminal()) {
                end(ClientState.FAILED, fatal.error());
            }
        } else if (!Naming.take(draft, event)) {
            takeOfLink(event);
        }
    }

    private void takeOfLink(Event event) {
        if (event instanceof Event.Connected connected) {
            if (isCurrent(connected.link())) {
                connected();
            }
        } else if (event instanceof Event.ConnectFailed failed) {
            if (isCurrent(failed.link())) {
                connectFailed(failed.failure(), failed.delayNanos());
            }
        } else if (event instanceof Event.Resumed resumed) {
            if (isCurrent(resumed.link())) {
                resumed();
            }
        } else if (event instanceof Event.ResumeFailed failed) {
            if (isCurrent(failed.link())) {
                resumeFailed(failed.failure(), failed.delayNanos());
            }
        } else if (event instanceof Event.LinkLost lost) {
            if (isCurrent(lost.link())) {
                linkLost(lost.disconnect(), lost.delayNanos());
            }
        } else {
            throw new IllegalArgumentException("no such event: " + event);
        }
    }

    private boolean isCurrent(long link) {
        return draft.linkState != LinkState.NONE && link == draft.link;
    }

    // ---- what the application wants

    private void start(long connectNanos) {
        if (draft.state == ClientState.IDLE) {
            draft.connectNanos = connectNanos;
            draft.attempt = 0;
            draft.delays = 0;
            draft.failure = null;
            draft.beginOutage();
            draft.beginAttempt();
        }
    }

    private void abandon(MessagingException failure) {
        if (!draft.policy.reconnects()
                && (draft.state == ClientState.CONNECTING || draft.state == ClientState.RESUMING)) {
            draft.failure = failure;
            if (draft.linkState != LinkState.CLOSING) {
                endAttempt(); // else the old link is still waited for, and that wait is not begun anew
            }
            draft.change(ClientState.IDLE, null, failure, 0);
            draft.closeLink();
        }
    }

    private void reconnectNow() {
        if (draft.state == ClientState.BACKOFF) {
            draft.cancel(Purpose.BACKOFF);
            Naming.attemptIsDue(draft);
        }
    }

    // ---- attempts

    private void endAttempt() {
        draft.cancel(Purpose.ATTEMPT);
        draft.cancel(Purpose.CLOSE);
    }

    private void connected() {
        if (draft.linkState == LinkState.OPENING) {
            endAttempt();
            draft.linkState = LinkState.OPEN;
            draft.change(ClientState.RESUMING, null, null, 0);
            if (draft.quiet) {
                draft.endOutage(); // a broker is there, and lets us on: what is waited for is our own test
            } else {
                draft.add(new Effect.Resume(draft.link));
            }
        } else if (draft.linkState == LinkState.CLOSING) {
            draft.add(new Effect.CloseLink(draft.link)); // too late: it was given up a moment before
        }
    }

    private void connectFailed(MessagingException failure, long delayNanos) {
        if (draft.linkState == LinkState.OPENING) {
            endAttempt();
            draft.noLink();
            draft.add(new Effect.TellSelector(failure));
            draft.sameEndpoint = false;
            retry(null, failure, delayNanos);
        } else if (draft.linkState == LinkState.CLOSING) {
            gone();
        }
    }

    // ---- sessions

    private void resumed() {
        if (draft.state == ClientState.RESUMING) {
            draft.add(new Effect.TellSelector(null));
            draft.endOutage();
            draft.failure = null;
            draft.change(ClientState.PROBATION, null, null, 0);
            draft.set(Purpose.STABLE, draft.policy.stableNanos());
        }
    }

    private void resumeFailed(MessagingException failure, long delayNanos) {
        if (draft.state == ClientState.RESUMING) {
            draft.add(new Effect.TellSelector(failure));
            draft.sameEndpoint = false;
            retry(null, failure, delayNanos);
            draft.closeLink();
        }
    }

    private void linkLost(Disconnect disconnect, long delayNanos) {
        if (draft.linkState == LinkState.CLOSING) {
            gone();
        } else if (draft.linkState == LinkState.OPEN) {
            boolean wasUp = draft.state.isConnected() || draft.quiet;
            draft.noLink();
            draft.cancel(Purpose.STABLE);
            DisconnectedException failure = new DisconnectedException(disconnect);
            draft.sameEndpoint = !isEndpointToBlame(disconnect.cause());
            if (!draft.sameEndpoint) {
                draft.add(new Effect.TellSelector(failure));
            }
            if (wasUp) {
                draft.beginOutage();
            }
            retry(disconnect, failure, delayNanos);
        }
    }

    /**
     * A peer that closes after a good logon may have evicted us: on another server the same fight would go on unseen. Only a
     * peer that is dead, or no broker, is left for another.
     */
    private static boolean isEndpointToBlame(DisconnectCause cause) {
        return cause == DisconnectCause.HEARTBEAT_TIMEOUT || cause == DisconnectCause.PROTOCOL_ERROR;
    }

    // ---- failures

    private void retry(@Nullable Disconnect disconnect, MessagingException failure, long delayNanos) {
        draft.failure = failure;
        MessagingException told = disconnect == null ? failure : null;
        if (!draft.policy.reconnects()) {
            if (disconnect == null) {
                draft.change(ClientState.IDLE, null, told, 0);
            } else {
                draft.cancelAll();
                draft.change(ClientState.CLOSED, disconnect, null, 0);
                draft.add(new Effect.Ended());
            }
        } else if (draft.attempt >= draft.policy.maxAttempts()) {
            giveUp();
        } else {
            long delay = Math.max(0, delayNanos);
            draft.delays = draft.delays == Integer.MAX_VALUE ? draft.delays : draft.delays + 1;
            draft.change(ClientState.BACKOFF, disconnect, told, delay);
            draft.set(Purpose.BACKOFF, delay);
        }
    }

    private void giveUp() {
        end(
                ClientState.FAILED,
                new ReconnectGaveUpException(
                        draft.policy.clientName(), draft.attempt, draft.outageSoFar(), draft.failure));
    }

    private void end(ClientState terminal, @Nullable MessagingException error) {
        boolean ended = draft.state.isTerminal() && draft.linkState == LinkState.NONE;
        if (error != null) {
            draft.failure = error;
        }
        draft.cancelAll();
        draft.change(terminal, null, error, 0);
        draft.closeLink();
        if (draft.linkState == LinkState.NONE && !ended) {
            draft.add(new Effect.Ended());
        }
    }

    // ---- the end of a link

    private void gone() {
        draft.noLink();
        draft.cancel(Purpose.CLOSE);
        if (draft.state == ClientState.CONNECTING) {
            draft.openLink();
        } else if (draft.state.isTerminal()) {
            draft.add(new Effect.Ended());
        }
    }

    // ---- timers

    private void timerFired(long timer) {
        Purpose purpose = draft.takeTimer(timer);
        if (purpose == null) {
            return;
        }
        switch (purpose) {
            case BACKOFF -> Naming.attemptIsDue(draft);
            case ATTEMPT -> {
                draft.add(new Effect.AbandonConnect(draft.link));
                draft.set(Purpose.CLOSE, draft.policy.closeNanos());
            }
            case STABLE -> {
                draft.attempt = 0;
                draft.delays = 0;
                draft.change(ClientState.STABLE, null, null, 0);
            }
            case CLOSE -> {
                draft.add(new Effect.ForgetLink(draft.link));
                if (draft.linkState == LinkState.CLOSING) {
                    gone(); // an attempt that is forgotten is answered by its failure instead
                }
            }
            case OUTAGE -> giveUp();
        }
    }
}
