/**
 * What doctor knows of, whoever told it: events in the life of a client name, and the parties to them.
 *
 * <pre>
 * logs --&gt; read --&gt; {@link io.holdfast.samples.doctor.evidence.LogEvent} --&gt; diagnose --&gt; findings --&gt; report
 * admin pages -------&gt; {@link io.holdfast.samples.doctor.evidence.Party} -----------------------^
 * </pre>
 *
 * <p>All text in here was written by others. It is kept as it was read, bounded, and escaped where it is printed.
 */
@NullMarked
package io.holdfast.samples.doctor.evidence;

import org.jspecify.annotations.NullMarked;
