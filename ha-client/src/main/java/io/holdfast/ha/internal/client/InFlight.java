package io.holdfast.ha.internal.client;

import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One publish: a link in the {@link InFlightWindow}, and the result that the application holds. It is all that a publish
 * leaves behind beside its sequence number: the stage is made when it is asked for.
 *
 * <p>The outcome is one reference, moved once:
 * <pre>
 * null --asked--&gt; stage --told--&gt; stage, completed
 *   \---told---&gt; DURABLE, or the failure (which the listener is told)
 * </pre>
 * Whoever loses the race between asking and telling sees what the winner left. Thread-safe.
 */
final class InFlight implements PublishResult {

    private static final Object DURABLE = new Object();
    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(InFlight.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SequenceNumber sequence;
    private final Topic topic;

    /** The next link; the window's, or that of a chain taken out of it. */
    @Nullable
    InFlight next;

    // read and written through OUTCOME
    private volatile @Nullable Object outcome;

    InFlight(SequenceNumber sequence, Topic topic) {
        this.sequence = sequence;
        this.topic = topic;
    }

    @Override
    public long id() {
        return sequence.value();
    }

    @Override
    public SequenceNumber sequence() {
        return sequence;
    }

    /** Where it was published to. */
    Topic topic() {
        return topic;
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
        return now == DURABLE ? CompletableFuture.completedFuture(sequence) : stage(now);
    }

    /** The message is durable. */
    void durable() {
        Object was = OUTCOME.compareAndExchange(this, null, DURABLE);
        if (was != null) {
            stage(was).complete(sequence);
        }
    }

    /**
     * The message was refused or its fate is unknown.
     *
     * @return whether a stage told it; if not, the listener has to be told
     */
    boolean failed(MessagingException failure) {
        Object was = OUTCOME.compareAndExchange(this, null, failure);
        if (was == null) {
            return false;
        }
        stage(was).completeExceptionally(failure);
        return true;
    }

    @SuppressWarnings("unchecked") // the only other thing that is ever put there
    private static CompletableFuture<SequenceNumber> stage(Object outcome) {
        return (CompletableFuture<SequenceNumber>) outcome;
    }

    @Override
    public String toString() {
        return "PublishResult[" + sequence + "]";
    }
}
