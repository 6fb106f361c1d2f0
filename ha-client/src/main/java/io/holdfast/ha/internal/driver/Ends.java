package io.holdfast.ha.internal.driver;

import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.internal.collision.CollisionEvent.Failure;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;

/** What the end of an attempt or of a session means for the name. */
final class Ends {

    private Ends() {}

    static Failure of(MessagingException failure) {
        if (failure instanceof LogonRefusedException refused) {
            return refused.isNameInUse() ? Failure.NAME_IN_USE : Failure.REFUSED;
        }
        return Failure.UNREACHABLE;
    }

    /** A peer that ends a session may have evicted us; of every other end we know the cause. */
    static Loss of(DisconnectCause cause) {
        return switch (cause.source()) {
            case PEER -> Loss.PEER;
            case CLIENT -> Loss.LOCAL;
            case APPLICATION -> Loss.APPLICATION;
        };
    }
}
