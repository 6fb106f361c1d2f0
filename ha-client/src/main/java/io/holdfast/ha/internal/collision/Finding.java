package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.Proof;

/**
 * A verdict.
 *
 * @param classification what it is
 * @param proof what proved it
 * @param borne how many evictions there were since
 * @param at when, or when the rival went
 * @param over whether the rival of a silent collision was seen to go, or cannot be seen any more
 */
record Finding(Classification classification, Proof proof, int borne, long at, boolean over) {

    static Finding of(Classification classification, Proof proof, long now) {
        return new Finding(classification, proof, 0, now, false);
    }

    Finding bearingOneMore() {
        return new Finding(classification, proof, borne + 1, at, over);
    }

    Finding over(long now) {
        return new Finding(classification, proof, borne, now, true);
    }

    Finding lasting() {
        return new Finding(classification, proof, borne, at, false);
    }

    boolean isSilent() {
        return classification == Classification.SILENT_COLLISION;
    }
}
