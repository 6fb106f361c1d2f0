package io.holdfast.ha.internal.client;

import io.holdfast.client.Limits;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.ForeignSequence;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher works with.
 *
 * @param clientName whose
 * @param publishing the store and its policies
 * @param limits the most unacknowledged, and the largest frame
 * @param timeout how long a publish may wait for room
 * @param guard knows which threads must not wait
 * @param dispatch tells listener and handler
 * @param closed why nothing can be published now, not even into the store; gives {@code null} as long as it can
 * @param refusal why a publish is refused that needs a connection
 * @param foreign told of others' sequences, on the connection's thread or the driver's, without a lock held
 */
record PublisherSetup(
        String clientName,
        PublishSetup publishing,
        Limits limits,
        Duration timeout,
        BlockingGuard guard,
        ListenerDispatch dispatch,
        Supplier<@Nullable MessagingException> closed,
        Supplier<MessagingException> refusal,
        Consumer<ForeignSequence> foreign) {}
