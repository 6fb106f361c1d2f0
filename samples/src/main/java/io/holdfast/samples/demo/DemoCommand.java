package io.holdfast.samples.demo;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a broker in this process, on any free port, and plays the {@link DemoScript} against it. */
@Command(
        name = "demo",
        description = {
            "Starts a broker in this process, sends numbered messages through it and checks that all arrive in order.",
            "Then two naive clients fight for one name, and both sides of the fight are shown as they were measured.",
            "Takes a few seconds; needs no network but the loopback."
        })
public final class DemoCommand implements Callable<Integer> {

    /** So many that the deliveries fit into what the broker holds for a client, however slow this machine is. */
    private static final int MOST_MESSAGES = 250_000;

    private static final String SHARED_NAME = "orders-gateway";

    private final Surroundings surroundings;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "100000",
            description = "messages of the main job, 1..250000 (default: ${DEFAULT-VALUE})")
    private int messages = 100_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "length of the fight, 1..60 (default: ${DEFAULT-VALUE})")
    private int seconds = 3;

    /** A command in these surroundings. */
    public DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, TimeoutException {
        CommandFailure.unlessInRange("--messages", messages, MOST_MESSAGES);
        CommandFailure.unlessInRange("--seconds", seconds, 60);
        CountDownLatch stopped = new CountDownLatch(1);
        surroundings.stop().thenRun(stopped::countDown);
        PrintStream out = new PrintStream(surroundings.out(), false, StandardCharsets.UTF_8);
        OperatorExcerpt operatorLog = new OperatorExcerpt();
        BrokerConfig config =
                BrokerConfig.builder().adminPort(-1).operatorLog(operatorLog).build();
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                Connector connector = surroundings.connectors().get()) {
            out.println("Holdfast demo, on a broker in this process at " + broker.uri());
            out.println();
            DemoScript script = new DemoScript(Endpoint.parse(broker.uri()), connector, out, stopped);
            script.mainJob(messages);
            script.fight(SHARED_NAME, Duration.ofSeconds(seconds));
            script.operatorSaw(operatorLog);
            script.remedy();
            return (stopped.getCount() == 0 ? ExitCode.INTERRUPTED : ExitCode.OK).code();
        } finally {
            out.flush();
        }
    }
}
