package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientState;
import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.internal.machine.Model.LinkState;
import io.holdfast.ha.internal.machine.Model.Purpose;

/** What the machine does on account of its name: it waits with a logon, resumes nothing, stands by, starts anew. */
final class Naming {

    private Naming() {}

    /** Whether the event was one about the name. */
    static boolean take(Draft draft, Event event) {
        if (event instanceof Event.HoldLogons hold) {
            hold(draft, hold.held());
        } else if (event instanceof Event.QuietLogons logons) {
            draft.quietLogons = logons.quiet();
        } else if (event instanceof Event.EndQuiet) {
            endQuiet(draft);
        } else if (event instanceof Event.StandBy standBy) {
            standBy(draft, standBy.why());
        } else if (event instanceof Event.LogOn) {
            logOn(draft);
        } else if (event instanceof Event.StartAnew) {
            startAnew(draft);
        } else {
            return false;
        }
        return true;
    }

    private static void hold(Draft draft, boolean held) {
        draft.held = held && draft.state != ClientState.STANDBY && !draft.state.isTerminal();
        if (!held && draft.state == ClientState.BACKOFF && !draft.isSet(Purpose.BACKOFF)) {
            draft.beginAttempt();
        }
    }

    /** The delay is over: the attempt begins, or waits until logons are not held any more. */
    static void attemptIsDue(Draft draft) {
        if (!draft.held) {
            draft.beginAttempt();
        }
    }

    private static void endQuiet(Draft draft) {
        if (draft.quiet && draft.linkState == LinkState.OPEN) {
            draft.quiet = false;
            draft.beginOutage();
            draft.add(new Effect.Resume(draft.link));
        }
    }

    private static void standBy(Draft draft, MessagingException why) {
        if (draft.state == ClientState.IDLE || draft.state == ClientState.STANDBY || draft.state.isTerminal()) {
            return;
        }
        leave(draft);
        draft.failure = why;
        draft.change(ClientState.STANDBY, null, why, 0);
        draft.closeLink();
    }

    private static void logOn(Draft draft) {
        if (draft.state == ClientState.STANDBY) {
            draft.sameEndpoint = true;
            draft.beginOutage();
            draft.beginAttempt();
        }
    }

    private static void startAnew(Draft draft) {
        if (draft.state == ClientState.STANDBY) {
            logOn(draft);
        } else if (draft.state != ClientState.IDLE && !draft.state.isTerminal()) {
            leave(draft);
            draft.sameEndpoint = true;
            if (draft.state != ClientState.BACKOFF) {
                draft.change(ClientState.BACKOFF, null, draft.failure, 0);
                draft.closeLink();
            }
            draft.beginOutage();
            draft.beginAttempt();
        }
    }

    /** Everything is of the past, but for a link that is on its way out. */
    private static void leave(Draft draft) {
        for (Purpose purpose : Purpose.values()) {
            if (purpose != Purpose.CLOSE) {
                draft.cancel(purpose);
            }
        }
        draft.held = false;
        draft.outage = false;
        draft.attempt = 0;
        draft.delays = 0;
    }
}
