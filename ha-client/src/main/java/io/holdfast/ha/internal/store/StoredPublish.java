package io.holdfast.ha.internal.store;

import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One publish: a link in the {@link PublishWindow}, and the result that the application holds. It is all that a publish leaves
 * behind beside its body: the stage is made when it is asked for.
 *
 * <p>The outcome is one reference, moved once:
 * <pre>
 * null --asked--&gt; stage --told--&gt; stage, completed
 *   \---told---&gt; DURABLE, or the failure (which the listener is told)
 * </pre>
 * Whoever loses the race between asking and telling sees what the winner left. The result's side is thread-safe; what the
 * stores use is confined to the lock of their owner, but for the place of the body, which is written before anybody reads it.
 */
public final class StoredPublish implements PublishResult {

    /** What a message counts beside its body and topic: this object, roughly. */
    static final int OVERHEAD_BYTES = 64;

    private static final Object DURABLE = new Object();
    private static final VarHandle OUTCOME;
    private static final VarHandle SEQUENCE;
    private static final VarHandle ID;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTCOME = lookup.findVarHandle(StoredPublish.class, "outcome", Object.class);
            SEQUENCE = lookup.findVarHandle(StoredPublish.class, "sequence", long.class);
            ID = lookup.findVarHandle(StoredPublish.class, "id", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Topic topic;
    private final PublishRequest.Options options;
    private final int bytes;

    /** The next link; the window's, or that of a chain taken out of it. */
    @Nullable
    StoredPublish next;

    /** The body, where the store keeps it in memory; taken away when the message is settled. */
    volatile byte @Nullable [] body;

    /** Where the body is, where the store keeps it elsewhere. */
    long place;

    /** When it was stored, on the monotonic clock. */
    long storedAtNanos;

    // read through ID and SEQUENCE
    @SuppressWarnings("UnusedVariable")
    private long id;

    @SuppressWarnings("UnusedVariable")
    private long sequence;

    // read and written through OUTCOME
    private volatile @Nullable Object outcome;

    StoredPublish(Topic topic, PublishRequest.Options options, int bodyLength) {
        this.topic = topic;
        this.options = options;
        this.bytes = size(topic, bodyLength);
    }

    /** What a message takes of a store's bound. */
    static int size(Topic topic, int bodyLength) {
        return bodyLength + topic.utf8Length() + OVERHEAD_BYTES;
    }

    @Override
    public long id() {
        return (long) ID.getAcquire(this);
    }

    void id(long value) {
        ID.setRelease(this, value);
    }

    @Override
    public SequenceNumber sequence() {
        return SequenceNumber.of((long) SEQUENCE.getAcquire(this));
    }

    void sequence(long value) {
        SEQUENCE.setRelease(this, value);
    }

    /** Where it was published to. */
    public Topic topic() {
        return topic;
    }

    PublishRequest.Options options() {
        return options;
    }

    /** What it takes of the store's bound. */
    int bytes() {
        return bytes;
    }

    /** The link after this one of a chain that was taken out of the window. */
    public @Nullable StoredPublish next() {
        return next;
    }

    /**
     * Takes this link off its chain, or one result kept by the application would keep all later ones.
     *
     * @return the link after it
     */
    public @Nullable StoredPublish unlink() {
        StoredPublish after = next;
        next = null;
        return after;
    }

    @Override
    public CompletionStage<SequenceNumber> persisted() {
        Object now = outcome;
        if (now == null) {
            CompletableFuture<SequenceNumber> asked = new CompletableFuture<>();
            now = OUTCOME.compareAndExchange(this, null, asked);
            if (now == null) {
                return asked;
            }
        }
        if (now instanceof MessagingException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        return now == DURABLE ? CompletableFuture.completedFuture(sequence()) : stage(now);
    }

    /** The message is durable at the broker. */
    public void durable() {
        Object was = OUTCOME.compareAndExchange(this, null, DURABLE);
        if (was != null) {
            stage(was).complete(sequence());
        }
    }

    /**
     * The message was refused or given up, or its fate is unknown.
     *
     * @return whether a stage told it; if not, somebody else has to be told: nobody asked, or who asked has completed his
     *     stage himself, by a timeout for example
     */
    public boolean failed(MessagingException failure) {
        Object was = OUTCOME.compareAndExchange(this, null, failure);
        if (was == null) {
            return false;
        }
        return stage(was).completeExceptionally(failure);
    }

    @SuppressWarnings("unchecked") // the only other thing that is ever put there
    private static CompletableFuture<SequenceNumber> stage(Object outcome) {
        return (CompletableFuture<SequenceNumber>) outcome;
    }

    @Override
    public String toString() {
        return "PublishResult[id " + id() + ", sequence " + sequence() + "]";
    }
}
