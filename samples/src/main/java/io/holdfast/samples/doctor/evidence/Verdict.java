package io.holdfast.samples.doctor.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What a client of ours said when it found a rival.
 *
 * @param self who said it
 * @param rival whom it found
 * @param evictions how often it had been evicted by then
 * @param proof its proof, in one word; {@code null} if not told
 * @param fix what it advises; {@code null} if not told
 */
public record Verdict(
        Party self,
        Party rival,
        long evictions,
        @Nullable String proof,
        @Nullable String fix) {}
