/**
 * From events to findings: pure, without a clock, without I/O.
 *
 * <pre>
 * events --&gt; {@link io.holdfast.samples.doctor.diagnose.CaseFile} (bounded, a {@link io.holdfast.samples.doctor.diagnose.Track} for each file and name)
 *        --&gt; {@link io.holdfast.samples.doctor.diagnose.SessionEnd}s, each with what explains it
 *        --&gt; {@link io.holdfast.samples.doctor.diagnose.BrokerView} | {@link io.holdfast.samples.doctor.diagnose.ClientView} + {@link io.holdfast.samples.doctor.diagnose.Interleaving} of two clients' logs
 *        --&gt; {@link io.holdfast.samples.doctor.diagnose.Diagnosis} --&gt; {@link io.holdfast.samples.doctor.diagnose.Finding}...
 * </pre>
 *
 * <p>A single eviction is no collision: a client that comes back after a half-open connection replaces its own ghost, and a
 * restarted program that of its predecessor. What counts is a series, measured by the {@link io.holdfast.samples.doctor.diagnose.Penalty}, and
 * who took part in it.
 */
@NullMarked
package io.holdfast.samples.doctor.diagnose;

import org.jspecify.annotations.NullMarked;
