/**
 * {@code holdfast publish}: each line of stdin becomes a message.
 *
 * <pre>
 * stdin --&gt; {@link io.holdfast.samples.publish.LineSource} (a thread, a few batches) --&gt; {@link io.holdfast.samples.publish.Pacer} --&gt; client.publish
 * confirmed | refused | unknown --&gt; {@link io.holdfast.samples.publish.PublishTally} --&gt; one line on stderr, the exit code
 * </pre>
 */
@NullMarked
package io.holdfast.samples.publish;

import org.jspecify.annotations.NullMarked;
