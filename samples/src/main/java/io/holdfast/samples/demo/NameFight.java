package io.holdfast.samples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.holdfast.client.Client;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets two {@link NaiveClient}s fight for one name, for a while, and watches from both sides: the clients' own, and the
 * broker's events, through a third client with a name of its own.
 *
 * <p>{@link #run} belongs to the calling thread, the ledger is filled on the watcher's lane.
 */
public final class NameFight {

    /** How the events tell the copies apart: the token each chose at logon. */
    public static final String COPY_A = "copyA";

    /** The other copy's token. */
    public static final String COPY_B = "copyB";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Endpoint endpoint;
    private final String name;
    private final Duration length;

    /** A fight at this broker, for this name, of this length. */
    public NameFight(Endpoint endpoint, String name, Duration length) {
        this.endpoint = endpoint;
        this.name = name;
        this.length = length;
    }

    /**
     * What both sides saw.
     *
     * @param name the name they fought for
     * @param elapsed from the first start to the order to stop
     * @param ledger the broker's side
     * @param complete whether the broker's events told the end of every connection
     * @param a the side of the first copy
     * @param b the side of the second copy
     */
    public record Result(
            String name, Duration elapsed, EvictionLedger ledger, boolean complete, NaiveReport a, NaiveReport b) {

        /** Whether each of the two was evicted. */
        public boolean isFought() {
            return ledger.evictions(COPY_A) > 0 && ledger.evictions(COPY_B) > 0;
        }
    }

    /**
     * Runs it.
     *
     * @param connector of both copies
     * @param watcher a connected client of another name
     * @param stopped ends the fight early when it reaches zero
     */
    public Result run(Connector connector, Client watcher, CountDownLatch stopped)
            throws InterruptedException, TimeoutException {
        EvictionLedger ledger = new EvictionLedger(name, lastName(), bucketNanos());
        Instant start = Instant.now(); // the broker's events carry wall clock times, of the same machine
        watcher.subscribe(
                SubscribeRequest.to(Topic.of(StatusEvent.TOPIC)), message -> tell(ledger, message, start), TIMEOUT);
        NaiveClient a = copy(connector, COPY_A);
        NaiveClient b = copy(connector, COPY_B);
        long startNanos = System.nanoTime();
        a.start();
        b.start();
        boolean cutShort = stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        NaiveReport sawA = a.stop(TIMEOUT);
        NaiveReport sawB = b.stop(TIMEOUT);
        markEnd(connector);
        boolean complete = ledger.awaitEnd(System.nanoTime() + TIMEOUT.toNanos()) && !cutShort;
        return new Result(name, elapsed, ledger, complete, sawA, sawB);
    }

    /** Six spans, so that the page shows whether it calms down. */
    public long bucketNanos() {
        return Math.max(1, length.toNanos() / 6);
    }

    /** Logs on once more, under another name: all events of the copies' logons come before the event of this one. */
    private void markEnd(Connector connector) throws InterruptedException, TimeoutException {
        try {
            connector
                    .connect(NaiveClient.request(endpoint, LogonRequest.of(lastName())))
                    .toCompletableFuture()
                    .get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
                    .close(TIMEOUT);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker was there a moment ago", e.getCause());
        }
    }

    private String lastName() {
        return name + ".end";
    }

    private NaiveClient copy(Connector connector, String token) {
        LogonRequest plain = LogonRequest.of(name);
        return new NaiveClient(
                connector,
                endpoint,
                new LogonRequest(
                        name,
                        plain.authenticator(),
                        CorrelationId.of(token),
                        plain.messageType(),
                        plain.version(),
                        plain.options()));
    }

    private static void tell(EvictionLedger ledger, Message message, Instant start) throws JsonProcessingException {
        StatusEvent event = StatusEvent.parse(message.payload().utf8());
        ledger.on(event, Duration.between(start, event.time(Instant.now())).toNanos());
    }
}
