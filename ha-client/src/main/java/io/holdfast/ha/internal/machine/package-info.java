/**
 * The decisions of a client about its connection: a pure function, without I/O, clock, randomness or logger.
 *
 * <pre>
 * {@link io.holdfast.ha.internal.machine.Event} --&gt; {@link io.holdfast.ha.internal.machine.HaMachine#on}({@link io.holdfast.ha.internal.machine.Model}, event, now) --&gt; {@link io.holdfast.ha.internal.machine.Step}(model, {@link io.holdfast.ha.internal.machine.Effect}s)
 * </pre>
 *
 * <p>Links (attempts, and the connections they lead to) and timers have ids that only grow; an event with an id that is no longer the
 * model's changes nothing. {@link io.holdfast.ha.internal.machine.Transitions} lists the legal changes of state.
 */
@NullMarked
package io.holdfast.ha.internal.machine;

import org.jspecify.annotations.NullMarked;
