package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.Party;
import org.jspecify.annotations.Nullable;

/**
 * One side of a finding.
 *
 * @param party who it is, as far as known
 * @param lost how many of its sessions ended by what was found
 * @param log the log it wrote; {@code null} if only others tell of it
 */
public record Participant(Party party, long lost, @Nullable String log) {}
