/**
 * From log files to events: one pass over each file, a bounded line at a time.
 *
 * <pre>
 * file, gz or not --&gt; {@link io.holdfast.samples.doctor.read.BoundedLines} --&gt; {@link io.holdfast.samples.doctor.read.LineClock} (the time of the line)
 *      --&gt; {@link io.holdfast.samples.doctor.read.BrokerLines} | {@link io.holdfast.samples.doctor.read.HoldfastLines} | {@link io.holdfast.samples.doctor.read.BareLines} --&gt; events --&gt; {@link io.holdfast.samples.doctor.diagnose.CaseFile}
 * </pre>
 *
 * <p>The first parser that knows a line has it. A file in which a broker or Holdfast wrote is no bare log: what other libraries
 * write into it ("connected to the database") is not read.
 */
@NullMarked
package io.holdfast.samples.doctor.read;

import org.jspecify.annotations.NullMarked;
