/**
 * The way out: many threads encode, one event loop writes.
 *
 * <pre>
 * caller's thread -- encode under a short lock --&gt; batch (one pooled buffer)      {@link io.holdfast.netty.internal.write.WriteQueue}
 * event loop      -- take the batch, write, one flush --&gt; channel                 one drain at a time
 * channel full    -- drain stops; {@link io.holdfast.netty.internal.write.WritabilityHandler} --&gt; drain goes on
 * queue full      -- the caller is refused; {@code Room} tells it when to come again
 * </pre>
 */
@NullMarked
package io.holdfast.netty.internal.write;

import org.jspecify.annotations.NullMarked;
