package io.holdfast.ha.internal.client;

import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.internal.resume.SubscriptionLedger;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the commands that enter and end subscriptions. Pure. */
final class SubscribeCommands {

    private static final String NOT_FOUND = "bookmark_not_found=";

    private SubscribeCommands() {}

    /** Enters a subscription at a broker: from its start, or from where it stands. */
    static Command enter(HaSubscription subscription, Object broker) {
        SubscribeRequest request = subscription.request();
        SubscriptionLedger ledger = subscription.ledger();
        Bookmark bookmark = ledger == null ? null : ledger.resumeAt(broker);
        Set<AckType> acks = EnumSet.of(AckType.PROCESSED);
        acks.addAll(request.furtherAcks());
        if (ledger != null && ledger.isRange()) {
            acks.add(AckType.COMPLETED); // tells that nothing is left of it
        }
        return Command.builder(CommandType.SUBSCRIBE)
                .topic(request.topic())
                .filter(request.filter())
                .options(options(request, ledger, bookmark))
                .bookmark(bookmark)
                .subscriptionIds(subscription.id().value())
                .acks(acks)
                .build();
    }

    /** Says where to start if the broker does not know a position of ours, unless the application has said it. */
    private static @Nullable String options(
            SubscribeRequest request, @Nullable SubscriptionLedger ledger, @Nullable Bookmark bookmark) {
        String options = request.options();
        boolean resumes = ledger != null
                && ledger.mayGoBack()
                && bookmark != null
                && !bookmark.equals(Bookmark.EPOCH)
                && !bookmark.equals(request.bookmark());
        if (!resumes || (options != null && options.contains(NOT_FOUND))) {
            return options;
        }
        return options == null ? NOT_FOUND + "epoch" : options + "," + NOT_FOUND + "epoch";
    }

    /** Ends subscriptions: named one by one, not "all", since one that is being entered at this moment is not meant. */
    static Command.Builder unsubscribe(Collection<HaSubscription> subscriptions) {
        return Command.builder(CommandType.UNSUBSCRIBE)
                .subscriptionIds(subscriptions.stream()
                        .map(subscription -> subscription.id().value())
                        .collect(Collectors.joining(",")));
    }
}
