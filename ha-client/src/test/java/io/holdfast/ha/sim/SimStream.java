package io.holdfast.ha.sim;

import io.holdfast.client.Client;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Message;
import io.holdfast.client.subscribe.MessageStream;
import io.holdfast.client.subscribe.SubscribeRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MessageStream} in a simulation. Its calls wait for what only the simulation's thread can bring about: it is opened by the
 * stage behind {@link Client#stream}, and read by threads that live for one call, while the simulation waits for them.
 */
final class SimStream {

    private final MessageStream stream;

    private SimStream(MessageStream stream) {
        this.stream = stream;
    }

    /** Opens one; {@code refusal} is why not, without a connection. */
    static CompletionStage<SimStream> open(
            Client client, SubscribeRequest request, int depth, Duration timeout, MessagingException refusal) {
        try {
            Field field = client.getClass().getDeclaredField("subscriptions");
            field.setAccessible(true);
            Object side = field.get(client);
            Method open = side.getClass()
                    .getDeclaredMethod(
                            "stream", SubscribeRequest.class, int.class, Duration.class, MessagingException.class);
            open.setAccessible(true);
            @SuppressWarnings("unchecked") // as it is declared
            CompletionStage<MessageStream> opened =
                    (CompletionStage<MessageStream>) open.invoke(side, request, depth, timeout, refusal);
            return opened.thenApply(SimStream::new);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the stage behind Client.stream", e);
        }
    }

    MessageStream stream() {
        return stream;
    }

    /** The next message, if one waits; what was read before is done with then. */
    Optional<Message> next() {
        AtomicReference<Optional<Message>> read = new AtomicReference<>(Optional.empty());
        AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        read.set(stream.next(Duration.ofNanos(1)));
                    } catch (Throwable e) {
                        error.set(e);
                    }
                },
                Simulation.THREAD); // whose logs belong to the run
        reader.start();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationFailure("interrupted");
        }
        Throwable thrown = error.get();
        if (thrown instanceof MessagingException ended) {
            throw ended;
        }
        if (thrown != null) {
            throw new AssertionError("a stream failed", thrown);
        }
        return read.get();
    }
}
