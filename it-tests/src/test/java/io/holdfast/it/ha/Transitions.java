package io.holdfast.it.ha;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Keeps what a client tells of itself. Thread-safe. */
final class Transitions implements ClientListener {

    private static final int LAST = 12;

    private final List<Seen> changes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * A transition.
     *
     * @param change as told
     * @param nanos when it was told, by {@link System#nanoTime()}
     */
    record Seen(StateChange change, long nanos) {

        /** Why the connection ended, if that is what it was made for. */
        Optional<DisconnectCause> cause() {
            return Optional.ofNullable(change.disconnect()).map(Disconnect::cause);
        }
    }

    @Override
    public synchronized void onStateChange(Client client, StateChange change) {
        changes.add(new Seen(change, System.nanoTime()));
    }

    @Override
    public synchronized void onHandlerError(Client client, Subscription subscription, Throwable error) {
        failures.add("handler: " + error);
    }

    @Override
    public synchronized void onSubscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        failures.add("subscription: " + error);
    }

    @Override
    public synchronized void onPublishFailed(Client client, List<PublishResult> publishes, MessagingException error) {
        failures.add(publishes.size() + " publishes from id " + publishes.get(0).id() + ": " + error);
    }

    /** How many there were so far: a mark to wait from. */
    synchronized int mark() {
        return changes.size();
    }

    /** Waits for one after the mark. */
    Seen await(int mark, Predicate<StateChange> wanted, String what) throws InterruptedException {
        Waiting.until(() -> !after(mark, wanted).isEmpty(), Traffic.PATIENCE, () -> what + "; " + this);
        return after(mark, wanted).get(0);
    }

    /** Waits for the end of a connection, after the mark. */
    Seen awaitLoss(int mark) throws InterruptedException {
        return await(mark, change -> change.disconnect() != null, "the connection is not lost");
    }

    /** Where the last session is, or was. */
    synchronized Endpoint endpoint() {
        List<Seen> sessions = after(0, change -> change.to() == ClientState.PROBATION);
        return requireNonNull(sessions.get(sessions.size() - 1).change().endpoint());
    }

    /** How many sessions there were. */
    synchronized long sessions() {
        return after(0, change -> change.to() == ClientState.PROBATION).size();
    }

    /** What nobody waited for, and was told here. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    private synchronized List<Seen> after(int mark, Predicate<StateChange> wanted) {
        return changes.subList(mark, changes.size()).stream()
                .filter(seen -> wanted.test(seen.change()))
                .toList();
    }

    /** The last few. */
    @Override
    public synchronized String toString() {
        return changes.subList(Math.max(0, changes.size() - LAST), changes.size()).stream()
                .map(seen -> describe(seen.change()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String describe(StateChange change) {
        String why = change.disconnect() != null
                ? " " + change.disconnect().describe()
                : change.failure() == null ? "" : " " + change.failure().getMessage();
        return change.to() + why;
    }
}
