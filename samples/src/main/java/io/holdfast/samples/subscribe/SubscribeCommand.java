package io.holdfast.samples.subscribe;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.Timeouts;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.Converters;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.OpenClient;
import io.holdfast.samples.cli.QuietListener;
import io.holdfast.samples.cli.ServerOptions;
import io.holdfast.samples.cli.Surroundings;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what arrives on a topic until there was enough of it, a deadline passed, or the connection ended. */
@Command(
        name = "subscribe",
        description = {
            "Prints the payload of each message as one line on stdout.",
            "When the broker has accepted the subscription, a line that starts with 'subscribed' goes to stderr.",
            "Without --count and --timeout it goes on until a signal ends it."
        })
public final class SubscribeCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--topic",
            paramLabel = "REGEX",
            required = true,
            converter = Converters.TopicConverter.class,
            description = "a topic, or a regular expression that matches anywhere in a topic's name")
    private @Nullable Topic topic;

    @Option(names = "--count", paramLabel = "N", description = "ends, with exit code 0, after N messages")
    private @Nullable Long count;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.DurationConverter.class,
            description = "ends, with exit code 7, when this has passed since the subscription was accepted")
    private @Nullable Duration timeout;

    @Option(names = "--filter", paramLabel = "F", description = "a content filter, passed to the broker as it is")
    private @Nullable String filter;

    @Option(names = "--options", paramLabel = "O", description = "options of the subscription, passed as they are")
    private @Nullable String options;

    /** A command in these surroundings. */
    public SubscribeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        long most = count == null ? Long.MAX_VALUE : count;
        if (most < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--count is 1 or more, not " + most);
        }
        SubscribeRequest request = request();
        CompletableFuture<ExitCode> end = new CompletableFuture<>();
        AtomicReference<Subscription> accepted = new AtomicReference<>();
        AtomicReference<Client> receiving = new AtomicReference<>();
        try (LinePrinter printer = new LinePrinter(
                        surroundings.out(),
                        most,
                        () -> isMoreWaiting(accepted.get()),
                        () -> enough(receiving.get(), end));
                OpenClient open = OpenClient.connect(server, surroundings, new QuietListener(end))) {
            Client client = open.client();
            receiving.set(client);
            surroundings.stop().thenRun(() -> end.complete(ExitCode.INTERRUPTED));
            Subscription subscription = client.subscribe(request, printer, Timeouts.DEFAULTS.command());
            accepted.set(subscription);
            surroundings
                    .err()
                    .println("subscribed to " + Untrusted.escape(request.topic().name()) + " at " + server.where()
                            + " as " + Untrusted.escape(client.name()));
            return await(end, printer).code();
        }
    }

    /**
     * After the last line that was wanted, on the handler's thread: no further message may be given to it, since one that it
     * does not print would count as acknowledged, and a later run that goes on from there would miss it.
     */
    private static void enough(@Nullable Client client, CompletableFuture<ExitCode> end) {
        if (client != null) {
            var unused = client.unsubscribeAllAsync();
        }
        end.complete(ExitCode.OK);
    }

    private SubscribeRequest request() {
        SubscribeRequest.Builder request = SubscribeRequest.builder(requireNonNull(topic));
        if (filter != null) {
            request.filter(filter);
        }
        if (options != null) {
            request.options(options);
        }
        return request.build();
    }

    private ExitCode await(CompletableFuture<ExitCode> end, LinePrinter printer) throws InterruptedException {
        try {
            return timeout == null ? end.get() : end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.TIMEOUT,
                    "timed out after " + timeout.toMillis() + " ms: " + printer.printed()
                            + (count == null ? "" : " of " + count) + " messages came",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Until the subscription is known, each line is written out at once. */
    private static boolean isMoreWaiting(@Nullable Subscription subscription) {
        return subscription != null && subscription.waiting() > 0;
    }
}
