package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.Proof;

/**
 * A verdict.
 *
 * @param classification what it is
 * @param proof what proved it
 * @param borne how many evictions there were since
 */
record Finding(Classification classification, Proof proof, int borne) {

    Finding bearingOneMore() {
        return new Finding(classification, proof, borne + 1);
    }
}
