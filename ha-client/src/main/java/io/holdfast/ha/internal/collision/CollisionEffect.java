package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.connect.Endpoint;
import java.time.Duration;

/** What the driver is to do, in this order. */
public sealed interface CollisionEffect {

    /**
     * Connect and log on to the endpoint under the name {@code <client name>~diag-<nonce>}, without heartbeats, subscribe to
     * {@link StatusEvent#TOPIC}, and tell what comes of it.
     */
    record OpenControl(long control, Endpoint endpoint) implements CollisionEffect {}

    /** End a control; nothing it says matters any more. */
    record CloseControl(long control) implements CollisionEffect {}

    /** Make a round trip on a control and tell {@link CollisionEvent.ControlAlive}. */
    record CheckControl(long control) implements CollisionEffect {}

    /** Find out from now on, every heartbeat interval, whether a control is alive: we depend on it. */
    record KeepControlAlive(long control) implements CollisionEffect {}

    /** From the next logon on, resume nothing after it (or do again): no replay, no subscription. */
    record QuietLogon(boolean quiet) implements CollisionEffect {}

    /** The session is quiet and has lived long enough: resume now. */
    record EndQuiet() implements CollisionEffect {}

    /** Do not begin a logon, whatever the back-off says, until {@link ReleaseLogon}, {@link Yield} or {@link LogOn}. At most 3 s. */
    record HoldLogon() implements CollisionEffect {}

    /** The back-off alone decides again. */
    record ReleaseLogon() implements CollisionEffect {}

    /** Write a line. */
    record Say(CollisionCode code, String fields) implements CollisionEffect {}

    /** Tell the listener; also a JFR event. */
    record Verdict(CollisionDiagnosis diagnosis) implements CollisionEffect {}

    /** Stop logging on, close the link if there is one; the client is in STANDBY. */
    record Yield(CollisionDiagnosis diagnosis) implements CollisionEffect {}

    /** A logon out of standby came to nothing: stop logging on again. */
    record Retreat() implements CollisionEffect {}

    /** Log on now, and go on trying with the usual back-off. */
    record LogOn(Occasion occasion) implements CollisionEffect {}

    /** The name is ours: a suspicion, a collision or a standby is over. */
    record NameKept() implements CollisionEffect {}

    /** Fail for good, with this diagnosis. */
    record Fail(CollisionDiagnosis diagnosis) implements CollisionEffect {}

    /** Go on under a new name, with a new machine. */
    record Rename(CollisionDiagnosis diagnosis) implements CollisionEffect {}

    /** Ask the application, off this thread; its answer after the limit is ignored. */
    record AskApplication(long question, CollisionDiagnosis diagnosis, Duration limit) implements CollisionEffect {}

    /** The operator's call came too early or in a state in which there is nothing to take over. */
    record TakeOverRefused(Duration tryAgainIn) implements CollisionEffect {}

    /** Why a client that stood by logs on. */
    enum Occasion {
        /** The broker told that the holder went. */
        RELEASED,
        /** We had been blind, and the holder had its time to come back. */
        HOLDER_ABSENT,
        /** We cannot see whether there is a holder. */
        PROBE,
        /** An operator said so. */
        TAKE_OVER,
        /** The application said so. */
        APPLICATION
    }
}
