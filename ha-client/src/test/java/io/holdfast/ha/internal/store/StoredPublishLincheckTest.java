package io.holdfast.ha.internal.store;

import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.PublishDroppedException;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.interleaving.Interleavings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asking for a result and telling it cross: whoever asked is told, and a failure that nobody asked for is somebody else's to tell. */
@Tag(Interleavings.TAG)
public class StoredPublishLincheckTest {

    private final MessagingException failure =
            new PublishDroppedException(Topic.of("t"), 1, SequenceNumber.NONE, "for the test");

    private final StoredPublish publish = new StoredPublish(Topic.of("t"), PublishRequest.Options.NONE, 0);
    private final List<CompletionStage<SequenceNumber>> asked = new ArrayList<>();
    private boolean told;
    private boolean somebodyElseTells;

    /** The application asks. */
    @Operation
    public void ask() {
        CompletionStage<SequenceNumber> stage = publish.persisted();
        synchronized (asked) {
            asked.add(stage);
        }
    }

    /** The broker has refused it. */
    @Operation(runOnce = true)
    public void fail() {
        somebodyElseTells = !publish.failed(failure);
        told = true;
    }

    /** When all have returned. */
    @Validate
    public void whoAskedIsTold() {
        for (CompletionStage<SequenceNumber> stage : asked) {
            if (stage.toCompletableFuture().isCompletedExceptionally() != told) {
                throw new IllegalStateException("told " + told + ", and a stage says otherwise");
            }
        }
        if (told && !somebodyElseTells && asked.isEmpty()) {
            throw new IllegalStateException("a failure was told to nobody");
        }
    }

    @Test
    void a_failure_is_told_to_whoever_asked_or_else_to_the_listener() {
        Interleavings.check(StoredPublishLincheckTest.class);
    }
}
