/**
 * What a client that reconnects promises, over real sockets and against a broker in another process: nothing lost, nothing doubled, nothing
 * out of order, whatever happens in between.
 *
 * <pre>
 * {@link io.holdfast.it.ha.Traffic} publisher --1, 2, 3, ...--&gt; {@link io.holdfast.it.ha.FaultProxy} --&gt; broker (killed, paused, started again)
 *         subscriber &lt;----------------- FaultProxy &lt;------+
 *             +--&gt; {@link io.holdfast.it.ha.CounterCheck}: gaps, repeats
 *
 * {@link io.holdfast.it.ha.Stage} broker, {@link io.holdfast.it.ha.HoldProgram} &lt;--&gt; {@link io.holdfast.it.ha.PlainRival}
 *   +--logs--&gt; {@link io.holdfast.it.ha.Doctor}: who fought for the name
 * </pre>
 *
 * <p>The brokers are containers where there is an engine, else processes. Every wait has a deadline, and says what it saw when that passes.
 */
@NullMarked
package io.holdfast.it.ha;

import org.jspecify.annotations.NullMarked;
