/**
 * Publishing: what is sent, and how the application learns what became of it.
 *
 * <pre>
 * application -- {@link io.holdfast.client.publish.PublishRequest} --&gt; publisher: next id, store, sequence, write queue
 *                  full: {@link io.holdfast.client.publish.StoreFullPolicy}      how full: {@link io.holdfast.client.publish.PublishStoreStatus}
 * application &lt;-- {@link io.holdfast.client.publish.PublishResult}: its id and sequence, and a stage for "durable" or "refused"
 * application &lt;-- {@link io.holdfast.client.publish.FailedWrite}: what was refused or given up, with its message
 * application &lt;-- {@link io.holdfast.client.publish.InDoubt}: what another program under the same name has made uncertain
 * </pre>
 */
@NullMarked
package io.holdfast.client.publish;

import org.jspecify.annotations.NullMarked;
