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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets two {@link NaiveClient}s fight for one name, for a while, and watches from both sides: the clients' own, and the
 * broker's events, through a third client with a name of its own.
 *
 * <p>{@link #run} belongs to the calling thread, the ledger is filled on the watcher's lane.
 */
final class NameFight {

    /** How the events tell the copies apart: the token each chose at logon. */
    static final String COPY_A = "copyA";

    static final String COPY_B = "copyB";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final String name;
    private final Duration length;

    /** A fight at this broker, for this name, of this length. */
    NameFight(Endpoint endpoint, String name, Duration length) {
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
    record Result(
            String name, Duration elapsed, EvictionLedger ledger, boolean complete, NaiveReport a, NaiveReport b) {}

    /**
     * Runs it.
     *
     * @param connector of both copies
     * @param watcher a connected client of another name
     * @param stopped ends the fight early when it reaches zero
     */
    Result run(Connector connector, Client watcher, CountDownLatch stopped)
            throws InterruptedException, TimeoutException {
        EvictionLedger ledger = new EvictionLedger(name, bucketNanos());
        long startNanos = System.nanoTime();
        watcher.subscribe(
                SubscribeRequest.to(Topic.of(StatusEvent.TOPIC)),
                message -> tell(ledger, message, startNanos),
                TIMEOUT);
        NaiveClient a = copy(connector, COPY_A);
        NaiveClient b = copy(connector, COPY_B);
        a.start();
        b.start();
        boolean cutShort = stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        NaiveReport sawA = a.stop(TIMEOUT);
        NaiveReport sawB = b.stop(TIMEOUT);
        boolean complete = !cutShort && ledger.awaitNobodyLeft(System.nanoTime() + TIMEOUT.toNanos());
        return new Result(name, elapsed, ledger, complete, sawA, sawB);
    }

    /** Six spans, so that the page shows whether it calms down. */
    long bucketNanos() {
        return Math.max(1, length.toNanos() / 6);
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

    private static void tell(EvictionLedger ledger, Message message, long startNanos) throws JsonProcessingException {
        StatusEvent event = StatusEvent.parse(message.payload().utf8());
        ledger.on(event, System.nanoTime() - startNanos);
    }
}
