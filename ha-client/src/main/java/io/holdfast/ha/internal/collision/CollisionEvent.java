package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.StoreCounts;
import io.holdfast.client.connect.Endpoint;

/**
 * What the driver tells the machine, in the order in which it happened. "The link" is the connection under the client's name,
 * a "control" one under another name; controls have ids, and what comes from one that is gone is ignored.
 */
public sealed interface CollisionEvent {

    /** A connect and logon of the link began. */
    record LogonStarted(Endpoint endpoint) implements CollisionEvent {}

    /**
     * The link logged on.
     *
     * @param quiet whether it was one without replay and subscriptions, as asked for
     */
    record LoggedOn(boolean quiet) implements CollisionEvent {}

    /** The connect or logon did not succeed. */
    record ConnectFailed(Failure failure) implements CollisionEvent {}

    /** The link ended after it had logged on. */
    record LinkLost(Loss loss) implements CollisionEvent {}

    /** A control logged on. */
    record ControlUp(long control) implements CollisionEvent {}

    /** A control's subscription to {@link StatusEvent#TOPIC} was accepted. */
    record ControlReadable(long control) implements CollisionEvent {}

    /** A control's subscription was refused: not entitled, or no such topic. */
    record ControlUnreadable(long control) implements CollisionEvent {}

    /** A control answered a round trip that was asked for by {@link CollisionEffect.CheckControl}. */
    record ControlAlive(long control) implements CollisionEvent {}

    /** A control could not be had, or ended. */
    record ControlLost(long control) implements CollisionEvent {}

    /** A control received a status event. */
    record StatusSeen(long control, StatusEvent event) implements CollisionEvent {}

    /** A control received a status event of another program's control for the same name: it is suspicious too, or stands by. */
    record CompanionSeen(long control, StatusEvent event) implements CollisionEvent {}

    /**
     * The broker holds a sequence number for the name that our store did not write.
     *
     * @param sequence the number
     * @param storeIsOlder whether the store existed before the session, so that its loss does not explain it
     */
    record ForeignSequenceSeen(long sequence, boolean storeIsOlder) implements CollisionEvent {}

    /** What the publish store holds, for the next diagnosis. */
    record StoresCounted(StoreCounts counts) implements CollisionEvent {}

    /** The time of {@link Step#wakeAt()} has come. */
    record Woken() implements CollisionEvent {}

    /** An operator wants the name now. */
    record TakeOver() implements CollisionEvent {}

    /** The application's answer to {@link CollisionEffect.AskApplication}, by the question's id. */
    record Decided(long question, Decision decision) implements CollisionEvent {}

    /** The application threw instead. */
    record DecisionFailed(long question, String error) implements CollisionEvent {}

    /** The client is closing. */
    record Stopped() implements CollisionEvent {}

    /** Why a connect or logon did not succeed. */
    enum Failure {
        /** No connection, or no answer in time. */
        UNREACHABLE,
        /** The broker refused the logon: another user has the name. */
        NAME_IN_USE,
        /** The broker refused the logon for another reason. */
        REFUSED
    }

    /** Who ended a link. */
    enum Loss {
        /** The peer, or the network between; a socket does not tell. */
        PEER,
        /** This client, for a cause it knows: silence, a broken frame, its own late heartbeat, a failed resume. */
        LOCAL,
        /** The application. */
        APPLICATION
    }
}
