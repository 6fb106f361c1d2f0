package io.holdfast.samples.doctor.read;

import java.time.Instant;

/**
 * A line with its time.
 *
 * @param at its own time, or that of the line it continues
 * @param text the whole line
 * @param ownTime whether the time is its own
 */
record LogLine(Instant at, String text, boolean ownTime) {}
