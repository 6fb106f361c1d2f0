package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.PublishInDoubtException;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.ForeignSequence;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens when somebody else is seen to publish under our name: new numbers for what was never written, and doubt about
 * what was written and is not confirmed; and how the application ends that doubt. Any thread, without the lock.
 */
final class Doubts {

    private final PublishLine line;
    private final PublishAcks acks;
    private final FailedWrites failedWrites;
    private final InDoubtPolicy policy;
    private final ListenerDispatch dispatch;
    private final Consumer<ForeignSequence> report;

    Doubts(PublishLine line, PublishAcks acks, FailedWrites failedWrites, PublisherSetup setup) {
        this.line = line;
        this.acks = acks;
        this.failedWrites = failedWrites;
        this.policy = setup.publishing().policies().inDoubt();
        this.dispatch = setup.dispatch();
        this.report = setup.foreign();
    }

    /**
     * A foreign sequence came.
     *
     * @throws io.holdfast.client.error.SequenceExhaustedException if there is no number above it
     */
    void foreign(Connection from, long sequence, ForeignSequence.Source source, ForeignSequence.Origin origin) {
        report.accept(new ForeignSequence(SequenceNumber.of(sequence), source, from.endpoint(), origin));
        after(sequence);
    }

    /**
     * Another may have published, up to this sequence at most.
     *
     * @throws io.holdfast.client.error.SequenceExhaustedException if there is no number above it
     */
    void after(long sequence) {
        PublishStore.Doubt doubt;
        List<PublishFlush> flushes = List.of();
        line.lock();
        try {
            doubt = line.store().foreign(sequence, policy);
            if (doubt.policy() == InDoubtPolicy.HOLD && !doubt.ids().isEmpty()) {
                flushes = acks.takeBarriers(); // what they wait for is not going to be confirmed
            }
            line.roomChanged();
        } finally {
            line.unlock();
        }
        SequenceNumber foreign = SequenceNumber.of(sequence);
        failedWrites.inDoubt(doubt.taken(), foreign);
        if (!doubt.ids().isEmpty()) {
            InDoubt told = new InDoubt(doubt.ids(), foreign, doubt.policy());
            dispatch.tell((to, client) -> to.onInDoubt(client, told));
        }
        flushes.forEach(flush -> flush.result()
                .completeExceptionally(new PublishInDoubtException(
                        io.holdfast.client.message.Topic.NONE, doubt.ids().get(0), foreign)));
        acks.settledOtherwise();
    }

    /**
     * Ends the doubt about some messages.
     *
     * @param ids which; {@code null} for all. Those that are not in doubt are left out
     * @return how many it was ended for
     */
    int resolve(@Nullable List<Long> ids, InDoubt.Resolution resolution) {
        List<Long> wanted = ids;
        if (wanted == null) {
            line.lock();
            try {
                wanted = line.store().doubtfulIds();
            } finally {
                line.unlock();
            }
        }
        int resolved = 0;
        for (long id : wanted.stream().sorted().distinct().toList()) {
            boolean done = resolution == InDoubt.Resolution.DROP ? drop(id) : resend(id);
            resolved += done ? 1 : 0;
        }
        return resolved;
    }

    private boolean drop(long id) {
        StoredPublish entry;
        line.lock();
        try {
            entry = line.store().takeDoubtful(id);
            line.roomChanged();
        } finally {
            line.unlock();
        }
        if (entry != null) {
            failedWrites.dropped(entry, "it was in doubt, and the application gave it up");
        }
        return entry != null;
    }

    private boolean resend(long id) {
        StoredPublish entry;
        line.lock();
        try {
            entry = line.store().findDoubtful(id);
        } finally {
            line.unlock();
        }
        PublishRequest request = entry == null ? null : line.store().read(entry);
        if (entry == null || request == null) {
            return false;
        }
        line.lock();
        try {
            return line.store().resendDoubtful(entry, request);
        } finally {
            line.unlock();
        }
    }

    /** What a stage failed with. */
    static MessagingException known(Throwable error) {
        if (error instanceof MessagingException known) {
            return known;
        }
        throw new IllegalStateException("a store failed with something else", error);
    }
}
