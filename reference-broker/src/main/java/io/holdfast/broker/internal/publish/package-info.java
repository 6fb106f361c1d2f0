/**
 * Publishing: the sequence of each name, and what becomes of a message.
 *
 * <pre>
 * publish --&gt; refused? --&gt; seen before? --{@link io.holdfast.broker.internal.publish.PublisherSequences}--&gt; router --&gt; acks
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.publish;

import org.jspecify.annotations.NullMarked;
