package io.holdfast.ha.internal.client;

import io.holdfast.client.collision.CollisionHandler;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import org.jspecify.annotations.Nullable;

/**
 * What a client does about its name.
 *
 * @param stamp who it says it is at each logon
 * @param source where the name came from
 * @param options what it does about a collision
 * @param handler who decides, with policy {@code callback}
 */
public record NamingSetup(
        IdentityStamp stamp,
        NameSource source,
        CollisionOptions options,
        @Nullable CollisionHandler handler) {

    /** An explicit name, the defaults, and no more than a nonce told. */
    public static NamingSetup ofNonce(String nonce) {
        return new NamingSetup(IdentityStamp.ofNonce(nonce), NameSource.EXPLICIT, CollisionOptions.DEFAULTS, null);
    }
}
