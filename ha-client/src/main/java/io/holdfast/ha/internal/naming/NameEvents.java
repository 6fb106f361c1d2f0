package io.holdfast.ha.internal.naming;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.PartyIdentity;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * What a flight recording shows of a name.
 *
 * <p>The nested classes need the module {@code jdk.jfr}, which a runtime that was cut to size may lack: there, nothing is recorded.
 */
final class NameEvents {

    private static final boolean CAN_RECORD =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private NameEvents() {}

    static void verdict(CollisionDiagnosis diagnosis) {
        if (CAN_RECORD) {
            Verdict.commit(diagnosis);
        }
    }

    static void status(String clientName, String state, double fast, double slow) {
        if (CAN_RECORD) {
            Status.commit(clientName, state, fast, slow);
        }
    }

    /** A verdict. */
    @Name("io.holdfast.NameCollision")
    @Label("Client Name Collision")
    @Description("Another program uses this client's name")
    @Category("Holdfast")
    @StackTrace(false)
    static final class Verdict extends Event {

        @Label("Client Name")
        @Nullable
        String clientName;

        @Label("Classification")
        @Nullable
        String classification;

        @Label("Proof")
        @Nullable
        String proof;

        @Label("Evictions")
        int evictions;

        @Label("Server")
        @Nullable
        String server;

        @Label("Rival")
        @Nullable
        String rival;

        @Label("Winner")
        @Nullable
        String winner;

        @Label("Decision")
        @Nullable
        String decision;

        @Label("Diagnosis")
        @Nullable
        String diagnosis;

        private static void commit(CollisionDiagnosis diagnosis) {
            Verdict event = new Verdict();
            if (event.isEnabled()) {
                PartyIdentity rival = diagnosis.parties().rival();
                event.clientName = diagnosis.clientName();
                event.classification = diagnosis.classification().word();
                event.proof = diagnosis.proof().word();
                event.evictions = diagnosis.loop().evictions();
                event.server = diagnosis.loop().server();
                event.rival = rival.host() == null ? rival.address() : rival.host() + ":" + rival.pid();
                event.winner = diagnosis.parties().winner().name();
                event.decision = diagnosis.decision().word();
                event.diagnosis = diagnosis.describe();
                event.commit();
            }
        }
    }

    /** The state of the name changed, or a session ended under it. */
    @Name("io.holdfast.NameStatus")
    @Label("Client Name Status")
    @Description("How suspicious the end of a session has made this client about its name")
    @Category("Holdfast")
    @StackTrace(false)
    static final class Status extends Event {

        @Label("Client Name")
        @Nullable
        String clientName;

        @Label("State")
        @Nullable
        String state;

        @Label("Fast Penalty")
        double fast;

        @Label("Slow Penalty")
        double slow;

        private static void commit(String clientName, String state, double fast, double slow) {
            Status event = new Status();
            if (event.isEnabled()) {
                event.clientName = clientName;
                event.state = state;
                event.fast = fast;
                event.slow = slow;
                event.commit();
            }
        }
    }
}
