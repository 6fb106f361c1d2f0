/**
 * Publishing: the sequence of each name, the way into the log, and what becomes of a message.
 *
 * <pre>
 * publish --&gt; refused? --&gt; {@link io.holdfast.broker.internal.publish.LogIntake}: seen before? --{@link io.holdfast.broker.internal.publish.PublisherSequences}--&gt; log --&gt; router, {@link io.holdfast.broker.internal.publish.LogFollower}s
 *
 * log, durable up to an index --&gt; LogIntake --&gt; sequences, acks, followers, publishers held back
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.publish;

import org.jspecify.annotations.NullMarked;
