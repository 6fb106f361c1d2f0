package io.holdfast.samples.publish;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.Limits;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.Converters;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.OpenClient;
import io.holdfast.samples.cli.QuietListener;
import io.holdfast.samples.cli.ServerOptions;
import io.holdfast.samples.cli.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends each line of stdin as a message, and succeeds only if the broker confirmed every one. */
@Command(
        name = "publish",
        description = {
            "Sends each line of stdin as one message, and waits until the broker confirmed all of them.",
            "A line's bytes are sent as they are (UTF-8 for message type json); a carriage return at its end is dropped.",
            "Sequence numbers go on from the highest that the broker holds for the name: a second run delivers again.",
            "A line on stderr says what was published, confirmed and refused, and how long it took."
        })
public final class PublishCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--topic",
            paramLabel = "T",
            required = true,
            converter = Converters.TopicConverter.class,
            description = "the topic, taken literally")
    private @Nullable Topic topic;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "messages per second, at most; default: as fast as the broker takes them")
    private @Nullable Double rate;

    @Option(names = "--count", paramLabel = "N", description = "stops after N lines; default: at the end of stdin")
    private @Nullable Long count;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Converters.DurationConverter.class,
            description = "for the last confirmations, after the last line (default: ${DEFAULT-VALUE}); exit code 7")
    private Duration timeout = Duration.ofSeconds(30);

    /** A command in these surroundings. */
    public PublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (rate != null && !(rate > 0 && rate <= 1e9)) {
            throw new CommandFailure(ExitCode.USAGE, "--rate is above 0 and at most 1000000000, not " + rate);
        }
        if (count != null && count < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--count is 1 or more, not " + count);
        }
        CompletableFuture<ExitCode> end = new CompletableFuture<>();
        PublishTally tally = new PublishTally();
        try (OpenClient open = OpenClient.connect(server, surroundings, new QuietListener(end))) {
            long startNanos = System.nanoTime();
            try {
                return publishAll(open.client(), tally, end).code();
            } finally {
                surroundings.err().println(tally.summary(Duration.ofNanos(System.nanoTime() - startNanos)));
            }
        }
    }

    private ExitCode publishAll(Client client, PublishTally tally, CompletableFuture<ExitCode> end)
            throws InterruptedException {
        try (LineSource lines = LineSource.start(surroundings.in(), Limits.DEFAULTS.maxFrameBytes())) {
            surroundings.stop().thenRun(() -> end.complete(ExitCode.INTERRUPTED));
            var unused = end.whenComplete((code, failure) -> lines.wake());
            sendLines(client, lines, tally, end);
        } catch (IOException e) {
            settle(client, tally, end); // what was read before the failure is to count
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, "cannot read standard input: " + e.getMessage(), e);
        }
        settle(client, tally, end);
        return end.isDone() ? get(end) : ExitCode.OK;
    }

    /** Returns if every message was confirmed; throws what became of the first one that was not. */
    private void settle(Client client, PublishTally tally, CompletableFuture<ExitCode> end)
            throws InterruptedException {
        CompletableFuture<Void> flushed = CompletableFuture.runAsync(() -> client.publishFlush(timeout));
        var unused = end.whenComplete((code, failure) -> {
            if (failure != null) {
                flushed.completeExceptionally(failure); // a client that gave up gets no confirmation any more
            }
        });
        get(flushed);
        if (tally.firstFailure() instanceof MessagingException failure) {
            throw failure;
        }
    }

    private void sendLines(Client client, LineSource lines, PublishTally tally, CompletableFuture<ExitCode> end)
            throws IOException, InterruptedException {
        Topic target = requireNonNull(topic);
        Pacer pacer = rate == null ? Pacer.unlimited() : Pacer.at(rate, System.nanoTime());
        long most = count == null ? Long.MAX_VALUE : count;
        while (tally.published() < most && !end.isDone()) {
            boolean waited = !lines.isReady();
            byte[] line = lines.next();
            if (line == null) {
                return;
            }
            if (rate != null) {
                if (waited) {
                    pacer.inputWasEmpty(System.nanoTime());
                }
                if (endsBefore(pacer.nanosUntilDue(System.nanoTime()), end)) {
                    return;
                }
            }
            tally.watch(client.publish(target, Payload.wrap(line)));
            pacer.sent(System.nanoTime());
        }
    }

    /** Waits for this long, or less if the command is to end: then true. */
    private static boolean endsBefore(long nanos, CompletableFuture<ExitCode> end) throws InterruptedException {
        if (nanos <= 0) {
            return end.isDone();
        }
        try {
            end.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException due) {
            return false;
        } catch (ExecutionException ended) {
            return true;
        }
    }

    /** Waits for it; what it failed with is thrown. */
    private static <T> T get(CompletableFuture<T> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
