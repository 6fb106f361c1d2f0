package io.holdfast.samples.hold;

import io.holdfast.client.Client;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.NameCollisionException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.message.Topic;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.publish.Pacer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes a counter at a fixed rate, on the command's thread. A message that is not taken is tried again when the next one
 * is due, so that the counter has no gap of its own; it goes on from the last message of a file store.
 *
 * <p>A store that is full, or whose disk is, is told and tried again. One that this client cannot use any more ends the command,
 * since it takes a new client: what is stored then is for the next start.
 */
final class Publishing {

    private final Client client;
    private final Topic topic;
    private final double rate;
    private final Ledger ledger;

    Publishing(Client client, Topic topic, double rate, Ledger ledger) {
        this.client = client;
        this.topic = topic;
        this.rate = rate;
        this.ledger = ledger;
    }

    /**
     * Returns when {@code end} is done.
     *
     * @throws StoreException if nothing can be published by this client any more
     */
    void until(CompletableFuture<ExitCode> end) throws InterruptedException {
        Pacer pacer = Pacer.at(rate, System.nanoTime());
        long n = client.publishing().lastId() + 1;
        while (!endsWithin(pacer.nanosUntilDue(System.nanoTime()), end)) {
            if (publish(n)) {
                n++;
            }
            pacer.sent(System.nanoTime());
        }
    }

    private boolean publish(long n) {
        try {
            var unused = client.publish(topic, new HoldMessage(client.name(), n).payload())
                    .persisted()
                    .whenComplete((sequence, failure) -> {
                        if (failure == null) {
                            ledger.persisted();
                        } else {
                            ledger.refused();
                        }
                    });
            ledger.published();
            ledger.well(this::standing, Ledger.Part.PUBLISHING);
            return true;
        } catch (NotConnectedException | DisconnectedException | NameCollisionException toldByTransition) {
            ledger.refused();
            return false;
        } catch (BackPressureException | StoreException notTaken) {
            ledger.refused();
            ledger.trouble(this::standing, Ledger.Part.PUBLISHING, notTaken);
            if (!notTaken.isRetryable()) {
                throw notTaken;
            }
            return false;
        }
    }

    private Standing standing() {
        return Standing.of(client);
    }

    private static boolean endsWithin(long nanos, CompletableFuture<ExitCode> end) throws InterruptedException {
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
}
