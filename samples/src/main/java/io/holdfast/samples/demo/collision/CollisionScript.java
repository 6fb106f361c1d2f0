package io.holdfast.samples.demo.collision;

import io.holdfast.client.Client;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.message.Topic;
import io.holdfast.client.spi.Clock;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.demo.FightSummary;
import io.holdfast.samples.demo.NameFight;
import io.holdfast.samples.demo.PlainClient;
import io.holdfast.samples.demo.StatusEvent;
import io.holdfast.samples.demo.collision.Sighting.What;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** The three scenes, in order, against a broker that is there; on the calling thread. */
final class CollisionScript {

    private static final String NAME = "orders-gateway";
    private static final String INDENT = "   ";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Ten times and more what these take on an idle machine. */
    private static final Duration MOST_TO_SETTLE = Duration.ofSeconds(90);

    private static final Duration MOST_TO_TAKE_OVER = Duration.ofSeconds(45);
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final String server;
    private final Connector connector;
    private final PrintStream out;
    private final int width;
    private final CountDownLatch stopped;
    private final Sightings sightings;
    private final Clock clock;

    /**
     * A demo.
     *
     * @param server the broker's URI
     * @param width the most columns of a line
     * @param stopped at zero, the command is to end
     * @param sightings what the second and third scene see; whoever stops the command lets them fail
     */
    CollisionScript(
            String server,
            Connector connector,
            PrintStream out,
            int width,
            CountDownLatch stopped,
            Sightings sightings,
            Clock clock) {
        this.server = server;
        this.connector = connector;
        this.out = out;
        this.width = width;
        this.stopped = stopped;
        this.sightings = sightings;
        this.clock = clock;
    }

    /** Two clients that reconnect at once, whatever happens. */
    void naiveClients(Duration length) throws InterruptedException, TimeoutException {
        say("1. Two naive clients, A and B, log on as \"%s\"; when closed, each reconnects at once", NAME);
        say("   (counting the evictions by the broker's events for %d s)", length.toSeconds());
        say("");
        Endpoint endpoint = Endpoint.parse(server);
        try (Client watcher = PlainClient.connected("demo-watcher", endpoint, connector)) {
            NameFight fight = new NameFight(endpoint, NAME, length);
            NameFight.Result result = fight.run(connector, watcher, stopped);
            if (stopped.getCount() == 0) {
                throw new CommandFailure(ExitCode.INTERRUPTED, "stopped by a signal");
            }
            show(new FightSummary(result, fight.bucketNanos()).lines());
            if (!result.isFought()) {
                throw new CommandFailure(ExitCode.UNEXPECTED, "the naive clients did not evict each other");
            }
        }
    }

    /** Two processes with Holdfast's client, and the death of the one that keeps the name. */
    void holdfastClients(Path folder) throws InterruptedException, IOException {
        say("2. Two processes with a Holdfast client, both with holdfast.client.name=%s", NAME);
        Path configA = config(folder, Copy.A);
        Path configB = config(folder, Copy.B);
        StatusWatch watch = new StatusWatch(NAME, clock);
        try (Client watcher = PlainClient.connected("demo-watcher", Endpoint.parse(server), connector)) {
            var unused = watcher.closed()
                    .thenRun(() -> sightings.fail(
                            new CommandFailure(ExitCode.CONNECTION_LOST, "the connection that watches was lost")));
            watcher.subscribe(
                    SubscribeRequest.to(Topic.of(StatusEvent.TOPIC)),
                    message -> watch.read(message.payload().utf8()).ifPresent(sightings::add),
                    TIMEOUT);
            try (ChildProgram a = ChildProgram.start(Copy.A, configA, sightings, clock);
                    ChildProgram b = ChildProgram.start(Copy.B, configB, sightings, clock)) {
                Map<Copy, Long> pids = Map.of(Copy.A, a.pid(), Copy.B, b.pid());
                say("   (A is pid %d, B is pid %d, each with a state folder of its own)", a.pid(), b.pid());
                say("");
                Settlement settlement = settled();
                Copy standby = settlement.standby();
                Sighting verdict = sightings.await(
                        "the verdict in the log of " + standby, MOST_TO_SETTLE, seen -> verdict(seen, standby));
                show(new SettlingPage(settlement, sightings.all(), pids, width - INDENT.length()).lines(QUIET));
                holderDies(standby, settlement.holder() == Copy.A ? a : b);
                say("What %s's verdict advises (docs/name-in-use.md has more):", standby);
                show(VerdictText.fix(verdict.text(), width - INDENT.length()));
            }
        }
    }

    /** Settled, and nothing has happened since for {@link #QUIET}. */
    private Settlement settled() throws InterruptedException {
        long deadline = System.nanoTime() + MOST_TO_SETTLE.toNanos();
        while (true) {
            Settlement settlement = sightings.await(
                    "a state in which one keeps the name and the other stands by",
                    Duration.ofNanos(deadline - System.nanoTime()),
                    Settlement::of);
            if (sightings.isQuietFor(QUIET)) {
                return settlement;
            }
        }
    }

    private void holderDies(Copy heir, ChildProgram holder) throws InterruptedException {
        say("3. The holder dies: pid %d is killed, as by kill -9", holder.pid());
        say("");
        holder.kill();
        Takeover takeover = sightings.await(
                "the takeover by the copy that stood by", MOST_TO_TAKE_OVER, seen -> Takeover.of(seen, heir));
        show(new TakeoverPage(takeover).lines());
    }

    /** The latest: one that could not name the rival yet is given again. */
    private static Optional<Sighting> verdict(List<Sighting> seen, Copy copy) {
        return seen.stream()
                .filter(each -> each.copy() == copy && each.what() == What.VERDICT)
                .reduce((earlier, later) -> later);
    }

    private Path config(Path folder, Copy copy) throws IOException {
        return Files.write(
                folder.resolve(copy + ".properties"),
                List.of(
                        "holdfast.servers=" + server,
                        "holdfast.client.name=" + NAME,
                        "holdfast.client.correlation-id=" + copy.token(),
                        "holdfast.state.dir=" + escaped(folder.resolve("state-" + copy)),
                        // nobody is left behind for long if this process is killed
                        "holdfast.reconnect.max-outage=20s"));
    }

    /** A path as a property file has it. */
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }

    private void show(List<String> lines) {
        lines.forEach(line -> say("%s", line.isEmpty() ? "" : INDENT + line));
        say("");
    }

    private void say(String pattern, Object... values) {
        out.println(String.format(Locale.ROOT, pattern, values));
        out.flush();
    }
}
