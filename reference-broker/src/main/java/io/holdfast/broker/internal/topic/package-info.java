/**
 * Topics and who wants them.
 *
 * <pre>
 * subscribe --&gt; {@link io.holdfast.broker.internal.topic.TopicPattern} --&gt; {@link io.holdfast.broker.internal.topic.SubscriptionTable}
 * message   --&gt; {@link io.holdfast.broker.internal.topic.MessageRouter} -- topic --&gt; {@link io.holdfast.broker.internal.topic.Route}s: one per connection, with all its ids --&gt; outbound
 *
 * subscribe with a bookmark --&gt; SubscriptionTable, without a route --&gt; {@link io.holdfast.broker.internal.topic.BookmarkSubscriptions}, which follow the log
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.topic;

import org.jspecify.annotations.NullMarked;
