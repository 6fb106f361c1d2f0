/**
 * What all commands share: the process around them, the options that lead to a broker, and how a failure is told.
 *
 * <pre>
 * {@link io.holdfast.samples.cli.ServerOptions} + {@link io.holdfast.samples.cli.Surroundings} --&gt; {@link io.holdfast.samples.cli.OpenClient} --&gt; the command's work
 * failure --&gt; {@link io.holdfast.samples.cli.ErrorReport} --&gt; {@link io.holdfast.samples.cli.ExitCode}
 * </pre>
 */
@NullMarked
package io.holdfast.samples.cli;

import org.jspecify.annotations.NullMarked;
