/**
 * Subscriptions: what to ask for, what handles the messages, and what happens when the handler is too slow.
 *
 * <pre>
 * socket --&gt; router --&gt; duplicates out (with a bookmark) --&gt; lane, bounded --&gt; {@link io.holdfast.client.subscribe.MessageHandler}
 *                          | full
 *                          +--&gt; {@link io.holdfast.client.subscribe.OverflowPolicy}: pause the socket, drop the oldest, or fail the subscription
 * </pre>
 */
@NullMarked
package io.holdfast.client.subscribe;

import org.jspecify.annotations.NullMarked;
