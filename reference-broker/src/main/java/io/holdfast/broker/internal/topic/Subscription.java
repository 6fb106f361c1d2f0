package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.session.Session;

/**
 * A subscription of a session.
 *
 * @param session whose
 * @param id its name within the connection
 * @param pattern what it wants
 * @param options what it wants with it
 * @param replayed whether it follows the log ({@link BookmarkSubscriptions}) instead of being routed to
 */
public record Subscription(
        Session session, String id, TopicPattern pattern, SubscribeOptions options, boolean replayed) {}
