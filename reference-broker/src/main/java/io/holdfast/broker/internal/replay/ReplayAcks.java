package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.topic.Subscription;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.netty.util.concurrent.Ticker;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The acks of one replay, if they were asked for: {@code persisted} about once a second with the bookmark it has come to, and once at its
 * end; then {@code completed}. The end is reached when everything that was in the log at the subscribe was passed. Confined to
 * the broker's thread.
 */
final class ReplayAcks {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Subscription subscription;
    private final Header command;
    private final Set<AckType> wanted;
    private final Ticker ticker;
    private @Nullable String publisher;
    private long sequence;
    private long toldAt;
    private boolean replayed;

    ReplayAcks(Subscription subscription, Header command, Ticker ticker) {
        this.subscription = subscription;
        this.command = command;
        this.ticker = ticker;
        wanted = Replies.wanted(command);
        toldAt = ticker.nanoTime();
    }

    /** A record was passed, delivered or not. */
    void passed(String recordPublisher, long recordSequence, ReplayFrames frames) {
        if (replayed || !wanted.contains(AckType.PERSISTED)) {
            return;
        }
        publisher = recordPublisher;
        sequence = recordSequence;
        if (ticker.nanoTime() - toldAt >= INTERVAL_NANOS) {
            tell(frames);
        }
    }

    /** The replay is at its end; said once. */
    void replayed(ReplayFrames frames) {
        if (replayed) {
            return;
        }
        replayed = true;
        if (publisher != null) {
            tell(frames);
        }
        Replies.succeed(subscription.session(), command, AckType.COMPLETED);
    }

    private void tell(ReplayFrames frames) {
        toldAt = ticker.nanoTime();
        if (publisher != null) {
            subscription
                    .session()
                    .send(Replies.ack(command, AckType.PERSISTED, AckStatus.SUCCESS)
                            .set(Field.SUB_ID, subscription.id())
                            .set(Field.BOOKMARK, frames.bookmark(publisher, sequence))
                            .build());
            publisher = null;
        }
    }
}
