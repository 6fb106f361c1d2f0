package io.holdfast.samples.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.message.CommandType;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.TestProcess;
import io.holdfast.samples.fake.WatchedOutput;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.SentCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, with a broker that does not want its subscription. */
class RefusedSubscriptionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final FakeConnector connector = FakeConnector.accepting();
    private final WatchedOutput out = new WatchedOutput();
    private final TestProcess process = new TestProcess(connector).out(out);

    @Test
    void a_subscription_that_is_refused_after_a_reconnect_is_told_and_ends_it() throws Exception {
        CompletableFuture<Integer> code = start();
        out.await("\"state\":\"PROBATION\"");
        deliverUntilReceived();

        connector.answerWith(subscriptions(command -> command.refuse("not entitled any more")));
        connector.connection().disconnect(DisconnectCause.PEER_CLOSED);

        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.REFUSED.code());
        assertThat(subscriptionLines()).singleElement().satisfies(line -> {
            assertThat(line.path("cause").asText()).contains("not entitled any more");
            assertThat(line.path("received").asLong()).isPositive();
        });
        assertThat(lines().get(lines().size() - 1).path("event").asText()).isEqualTo("summary");
        assertThat(process.err()).contains("not entitled any more");
    }

    @Test
    void a_subscription_that_is_refused_at_first_is_told_and_ends_it() throws Exception {
        connector.answerWith(subscriptions(command -> command.refuse("no such topic")));

        assertThat(start().get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.REFUSED.code());

        assertThat(subscriptionLines())
                .singleElement()
                .satisfies(line -> assertThat(line.path("cause").asText()).contains("no such topic"));
    }

    @Test
    void a_subscription_that_a_silent_broker_does_not_answer_is_told_and_entered_at_the_next_connection()
            throws Exception {
        connector.answerWith(subscriptions(SentCommand::timeOut));
        CompletableFuture<Integer> code = start();
        out.await("\"event\":\"subscription\"");

        connector.answerWith(SentCommand::succeed);
        connector.connection().disconnect(DisconnectCause.PEER_CLOSED);
        out.await("\"event\":\"subscription\"", 2);
        process.stop.complete(null);

        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(subscriptionLines()).hasSize(2);
        assertThat(subscriptionLines().get(0).path("cause").asText()).contains("not answered");
        assertThat(subscriptionLines().get(1).path("cause").isNull()).isTrue();
    }

    private static Consumer<SentCommand> subscriptions(Consumer<SentCommand> reaction) {
        return command -> {
            if (command.command().type() == CommandType.SUBSCRIBE) {
                reaction.accept(command);
            } else {
                command.succeed();
            }
        };
    }

    /** Once a message has come in, the subscription is there. */
    private void deliverUntilReceived() throws Exception {
        while (connector.connection().commands(CommandType.SUBSCRIBE).isEmpty()) {
            Thread.onSpinWait();
        }
        connector.connection().deliver(FakeMessage.of("hold", "anything"));
        out.await("\"received\":1");
    }

    private CompletableFuture<Integer> start() throws Exception {
        Path file = Files.write(
                folder.resolve("hold.properties"),
                List.of(
                        "holdfast.servers=tcp://fake:9007/amps/json",
                        "holdfast.client.name=listener",
                        "holdfast.backoff.initial=10ms",
                        "holdfast.state.dir=" + folder.resolve("state")));
        return CompletableFuture.supplyAsync(() -> process.run("hold --config " + file + " --subscribe t"));
    }

    private List<JsonNode> subscriptionLines() throws Exception {
        return lines().stream()
                .filter(line -> line.path("event").asText().equals("subscription"))
                .toList();
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
