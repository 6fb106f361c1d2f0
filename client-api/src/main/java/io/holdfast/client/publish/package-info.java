/**
 * Publishing: what is sent, and how the application learns what became of it.
 *
 * <pre>
 * application -- {@link io.holdfast.client.publish.PublishRequest} --&gt; publisher: next sequence, in-flight window, write queue
 * application &lt;-- {@link io.holdfast.client.publish.PublishResult}: its sequence, and a stage for "durable" or "refused"
 * </pre>
 */
@NullMarked
package io.holdfast.client.publish;

import org.jspecify.annotations.NullMarked;
