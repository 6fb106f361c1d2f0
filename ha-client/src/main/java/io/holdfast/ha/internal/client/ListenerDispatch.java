package io.holdfast.ha.internal.client;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.error.Untrusted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener: in the order of the events, one at a time, on the delivery executor.
 *
 * <p>Bounded: a listener that is {@value #MOST_WAITING} events behind, or whose executor takes nothing more, is passed over,
 * and the event goes to the log in the words of the default listener. Thread-safe.
 */
final class ListenerDispatch {

    /** The most events that wait. */
    static final int MOST_WAITING = 8_192;

    private static final Logger LOG = LoggerFactory.getLogger(ListenerDispatch.class);
    private static final int BATCH = 64;

    private final Client client;
    private final ClientListener listener;
    private final BlockingGuard guard;
    private final ClientListener log = ClientListener.logging();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Turns turns;

    ListenerDispatch(Client client, ClientListener listener, Executor executor, BlockingGuard guard) {
        this.client = client;
        this.listener = listener;
        this.guard = guard;
        this.turns = new Turns(executor, this::turn);
    }

    /** One thing to tell. */
    @FunctionalInterface
    interface Event {
        /** Tells it to {@code listener}. */
        void tell(ClientListener listener, Client client);
    }

    /** Tells this after everything before it. To be called without a lock held. */
    void tell(Event event) {
        if (!enqueue(event)) {
            event.tell(log, client);
        }
        try {
            turns.wake();
        } catch (RejectedExecutionException e) {
            Event untold = next();
            while (untold != null) {
                untold.tell(log, client);
                untold = next();
            }
        }
    }

    /**
     * Has a handler of the application called, in its turn among the events.
     *
     * @param instead what is told to the log where the handler cannot be called
     */
    void tellHandler(Consumer<Client> call, Event instead) {
        tell((to, told) -> {
            if (to == listener) {
                call.accept(told);
            } else {
                instead.tell(to, told);
            }
        });
    }

    private boolean enqueue(Event event) {
        synchronized (waiting) {
            return waiting.size() < MOST_WAITING && waiting.add(event);
        }
    }

    private boolean turn() {
        Object before = guard.enter(this);
        try {
            for (int i = 0; i < BATCH; i++) {
                Event event = next();
                if (event == null) {
                    return false;
                }
                call(event);
            }
            return true;
        } finally {
            guard.exit(before);
        }
    }

    // Whatever a listener throws, errors of the JVM included, must not end the telling.
    @SuppressWarnings("CatchingUnchecked")
    private void call(Event event) {
        try {
            event.tell(listener, client);
        } catch (Throwable thrown) {
            LOG.error("HF-1013 listener-failed client_name={}", Untrusted.escape(client.name()), thrown);
        }
    }

    private @Nullable Event next() {
        synchronized (waiting) {
            return waiting.poll();
        }
    }
}
