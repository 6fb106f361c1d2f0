package io.holdfast.ha.internal.collision;

import io.holdfast.client.connect.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Another process that has the name: where it was seen last. What a server tells of its connections says nothing about those at another.
 *
 * @param endpoint the server at which it logged on
 * @param connection the broker's name for its connection there
 */
record Holder(Endpoint endpoint, @Nullable String connection) {

    /** Whether this end, told there, is its end. */
    boolean isEndedBy(Endpoint at, StatusEvent event) {
        return at.equals(endpoint)
                && (connection == null
                        || event.connection() == null
                        || event.connection().equals(connection));
    }
}
