package io.holdfast.ha.internal.naming;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.CollisionHandler;
import io.holdfast.client.collision.StoreCounts;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client brings for the watch over its name.
 *
 * @param stamp who it says it is at each logon
 * @param source where the name came from
 * @param hasStores whether messages are kept that belong to the name
 * @param options numbers and policies
 * @param handler the application's decisions; {@code null} without policy {@code callback}
 * @param stores what the publish store holds now; any thread
 * @param listener told of every verdict, in order; must not block
 * @param delivery runs the handler
 */
public record NameSetup(
        IdentityStamp stamp,
        NameSource source,
        boolean hasStores,
        CollisionOptions options,
        @Nullable CollisionHandler handler,
        Supplier<StoreCounts> stores,
        Consumer<CollisionDiagnosis> listener,
        Executor delivery) {}
