package io.holdfast.samples.demo;

import io.holdfast.client.Client;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** The scenes of the demo, in order, against a broker that is there; on the calling thread. */
final class DemoScript {

    private static final Duration RUN_DEADLINE = Duration.ofSeconds(40);

    private final Endpoint endpoint;
    private final Connector connector;
    private final PrintStream out;
    private final CountDownLatch stopped;

    /** A demo at this broker, over this connector, told on {@code out}; {@code stopped} at zero cuts it short. */
    DemoScript(Endpoint endpoint, Connector connector, PrintStream out, CountDownLatch stopped) {
        this.endpoint = endpoint;
        this.connector = connector;
        this.out = out;
        this.stopped = stopped;
    }

    /** One publisher and one subscriber, each with its own name. */
    OrderedRun.Result mainJob(int messages) throws InterruptedException {
        out.println("1. The main job: a publisher and a subscriber, each with a name of its own");
        out.println();
        try (Client subscriber = connected("demo-subscriber");
                Client publisher = connected("demo-publisher")) {
            OrderedRun.Result result = new OrderedRun(messages, RUN_DEADLINE).run(publisher, subscriber);
            out.println(line(
                    "   %s published %,d messages, all confirmed after %.2f s",
                    publisher.name(), result.published(), seconds(result.confirmedAfter())));
            out.println(line(
                    "   %s received %,d, %,d of them out of order, the last after %.2f s: %,.0f a second",
                    subscriber.name(),
                    result.received(),
                    result.outOfOrder(),
                    seconds(result.deliveredAfter()),
                    result.perSecond()));
            out.println();
            if (!result.isComplete()) {
                throw new CommandFailure(ExitCode.UNEXPECTED, "messages are missing or out of order");
            }
            return result;
        }
    }

    /** Two naive clients, one name. */
    NameFight.Result fight(String name, Duration length) throws InterruptedException, TimeoutException {
        out.println(line("2. The fight: two programs, copy A and copy B, both log on as \"%s\"", name));
        out.println();
        out.println("   Each is naive: when its connection closes, it connects again at once. The broker takes");
        out.println(
                "   each logon for the same program coming back, closes the older connection, and tells it nothing.");
        out.println();
        out.flush();
        try (Client watcher = connected("demo-watcher")) {
            NameFight fight = new NameFight(endpoint, name, length);
            NameFight.Result result = fight.run(connector, watcher, stopped);
            for (String each : new FightPage(result, fight.bucketNanos()).lines()) {
                out.println(each.isEmpty() ? "" : "   " + each);
            }
            out.println();
            return result;
        }
    }

    /** What the broker told its operator, and nobody else. */
    void operatorSaw(OperatorExcerpt log) {
        List<String> lines = log.lines(94);
        if (!lines.isEmpty()) {
            out.println("   Meanwhile, in the broker's own log, at the first eviction:");
            lines.forEach(each -> out.println("     " + each));
            out.println();
        }
    }

    /** What to do about it. */
    void remedy() {
        out.println("""
                3. What to do

                   - Give each program a name of its own that stays the same when it restarts:
                     application, host, instance. Never the bare host name: its neighbours have it too.
                   - Do not reconnect at once after a close that follows a good logon. The close may be an
                     eviction, the reconnect would succeed, and evict the other in turn. Wait, longer each
                     time, until a session has been stable.
                   - Watch /AMPS/ClientStatus, or the broker's log, for the reason "name in use": the broker
                     tells everybody but the evicted client.
                   - Holdfast has no default name; it backs off until a session has been stable, and tells
                     each loss with its cause.""");
        out.flush();
    }

    private Client connected(String name) {
        return PlainClient.connected(name, endpoint, connector);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
