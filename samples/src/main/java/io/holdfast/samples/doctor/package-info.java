/**
 * {@code holdfast doctor}: who else has this client name.
 *
 * <pre>
 * --admin URL... --name N --&gt; {@link io.holdfast.samples.doctor.admin.AdminPort} ---------------------------------+
 *                                                                                v
 * FILE... --&gt; {@link io.holdfast.samples.doctor.read.LogReader} --&gt; {@link io.holdfast.samples.doctor.diagnose.Diagnosis} --&gt; {@link io.holdfast.samples.doctor.report.Report}, {@link io.holdfast.samples.doctor.DoctorExit}
 * </pre>
 */
@NullMarked
package io.holdfast.samples.doctor;

import org.jspecify.annotations.NullMarked;
