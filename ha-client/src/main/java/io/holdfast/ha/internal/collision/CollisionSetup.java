package io.holdfast.ha.internal.collision;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import java.util.List;

/**
 * What does not change while a client has its name.
 *
 * @param clientName the name
 * @param stamp who we say we are; since when is told only if this stamp says it, and then from the machine
 * @param source where the name came from
 * @param hasStores whether the client has stores bound to the name
 * @param endpoints the servers of its list
 * @param options the numbers and policies
 */
public record CollisionSetup(
        String clientName,
        IdentityStamp stamp,
        NameSource source,
        boolean hasStores,
        List<Endpoint> endpoints,
        CollisionOptions options) {

    /** Copies the list. */
    public CollisionSetup {
        endpoints = List.copyOf(endpoints);
    }
}
