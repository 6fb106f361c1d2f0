package io.holdfast.ha.internal.client;

import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.store.StoredPublish;

/**
 * How a publish gets in: into a store that keeps it, or straight into a connection. Any thread, without the line's lock; what it
 * returned for is published.
 */
@FunctionalInterface
interface Admission {

    /**
     * Takes one message in, or refuses it.
     *
     * @param policy what to do if there is no room
     * @throws io.holdfast.client.error.MessagingException if it is refused; then it was not published, unless it is a {@link
     *     io.holdfast.client.error.StoreException} that names its id
     */
    StoredPublish publish(PublishRequest request, StoreFullPolicy policy);
}
