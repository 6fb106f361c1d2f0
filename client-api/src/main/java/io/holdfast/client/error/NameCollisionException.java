package io.holdfast.client.error;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.PartyIdentity;

/**
 * Another program uses this client's name, and this client does not log on: it stands by, or has failed, as its policy says.
 * The diagnosis names both sides.
 */
public final class NameCollisionException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient CollisionDiagnosis diagnosis;

    /** What was found out, with what this client does about it. */
    public NameCollisionException(CollisionDiagnosis diagnosis) {
        super(message(diagnosis), null);
        this.diagnosis = diagnosis;
    }

    private static String message(CollisionDiagnosis diagnosis) {
        String does = diagnosis.decision() == Decision.FAIL
                ? "this client has failed, as its policy says"
                : "this client stands by until the name is free";
        return "client name " + Untrusted.escape(diagnosis.clientName()) + " is used by another program ("
                + rival(diagnosis.parties().rival()) + "): " + does + "; " + diagnosis.remedy() + "; see "
                + CollisionDiagnosis.SEE;
    }

    private static String rival(PartyIdentity rival) {
        if (rival.host() == null) {
            return rival.address() == null ? "which does not say who it is" : "at " + Untrusted.escape(rival.address());
        }
        return "host " + Untrusted.escape(rival.host()) + (rival.pid() < 0 ? "" : ", pid " + rival.pid());
    }

    /** What was found out. */
    public CollisionDiagnosis diagnosis() {
        return diagnosis;
    }

    /** While it stands by: true, since the name may become free. */
    @Override
    public boolean isRetryable() {
        return diagnosis.decision() != Decision.FAIL;
    }
}
