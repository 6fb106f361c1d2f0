/**
 * {@code doctor --admin}: who holds a name, asked of the brokers' admin ports.
 *
 * <pre>
 * URL... --&gt; {@link io.holdfast.samples.doctor.admin.AdminPort} (GET, one deadline, bounded body)
 *               +--&gt; {@link io.holdfast.samples.doctor.admin.AdminPage} --&gt; {@link io.holdfast.samples.doctor.admin.Holding}... --&gt; {@link io.holdfast.samples.doctor.admin.Holdings}
 * </pre>
 */
@NullMarked
package io.holdfast.samples.doctor.admin;

import org.jspecify.annotations.NullMarked;
