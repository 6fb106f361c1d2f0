/**
 * Programs of the project that tests start, stop, kill and start again: in containers where there is an engine, in processes where there
 * is none.
 *
 * <pre>
 * {@link io.holdfast.it.program.Built} jar --&gt; {@link io.holdfast.it.program.Images} --&gt; {@link io.holdfast.it.program.ContainerProgram}  the same container each time
 *               +---------------&gt; {@link io.holdfast.it.program.ProcessProgram}    each time another process
 * </pre>
 */
@NullMarked
package io.holdfast.it.program;

import org.jspecify.annotations.NullMarked;
