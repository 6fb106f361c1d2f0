package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.CollisionDiagnosis;

/**
 * What the application was asked, until it has answered, however late: one question at a time.
 *
 * @param id its id: an answer to another one does not count
 * @param about the verdict
 * @param until until when an answer counts; never again after that
 */
record Question(long id, CollisionDiagnosis about, long until) {

    /** The application took too long: its answer only shows that it can be asked again. */
    Question overdue() {
        return new Question(id, about, Step.NEVER);
    }

    boolean isOpen() {
        return until != Step.NEVER;
    }
}
