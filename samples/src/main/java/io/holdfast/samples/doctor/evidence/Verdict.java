package io.holdfast.samples.doctor.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What a client of ours said when it found a rival.
 *
 * @param self who said it
 * @param rival whom it found
 * @param silent whether both use the name and nobody is evicted
 * @param evictions how often it had been evicted by then; 0 if it is silent
 * @param proof its proof, in one word; {@code null} if not told
 * @param fix what it advises; {@code null} if not told
 */
public record Verdict(
        Party self,
        Party rival,
        boolean silent,
        long evictions,
        @Nullable String proof,
        @Nullable String fix) {}
