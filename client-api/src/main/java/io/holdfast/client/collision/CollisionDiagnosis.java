package io.holdfast.client.collision;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a client found out about a collision of its name, and what it does: one immutable value for listeners, logs and
 * supervisors.
 *
 * @param clientName the name
 * @param at when the diagnosis was made, by this client's wall clock
 * @param classification what it is
 * @param proof what proved it
 * @param loop the series of ended sessions
 * @param parties this client, the rival, and who keeps the name
 * @param decision what this client does now
 * @param stores what is not acknowledged
 * @param nameSource the property that the name came from
 * @param remedy what to change so that it does not happen again
 * @param evidence what happened when, oldest first, bounded
 */
public record CollisionDiagnosis(
        String clientName,
        Instant at,
        Classification classification,
        Proof proof,
        EvictionLoop loop,
        Parties parties,
        Decision decision,
        StoreCounts stores,
        String nameSource,
        String remedy,
        List<CollisionEvidence> evidence) {

    /** The page that explains what to do. */
    public static final String SEE = "docs/name-in-use.md";

    /** Copies the list. */
    public CollisionDiagnosis {
        requireNonNull(clientName, "clientName");
        requireNonNull(at, "at");
        requireNonNull(classification, "classification");
        requireNonNull(proof, "proof");
        requireNonNull(loop, "loop");
        requireNonNull(parties, "parties");
        requireNonNull(decision, "decision");
        requireNonNull(stores, "stores");
        requireNonNull(nameSource, "nameSource");
        requireNonNull(remedy, "remedy");
        evidence = List.copyOf(evidence);
    }

    /** This with another decision. */
    public CollisionDiagnosis withDecision(Decision value) {
        return new CollisionDiagnosis(
                clientName, at, classification, proof, loop, parties, value, stores, nameSource, remedy, evidence);
    }

    /** All of it but the evidence as {@code key=value} fields on one line, both parties named; what others chose is escaped. */
    public String describe() {
        return DiagnosisLine.of(this);
    }
}
