package io.holdfast.ha.internal.naming;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Topic;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.ha.internal.collision.CollisionEvent;
import io.holdfast.ha.internal.collision.StatusEvent;
import io.holdfast.ha.internal.collision.StatusEventReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The connections under other names, which see who logs on under ours: opened and closed as the machine says. They say who they
 * are, as the client does.
 *
 * <pre>
 * open --logged on--&gt; up --subscribed--&gt; readable --status event--&gt; seen ...
 *   |                  \--refused-----&gt; unreadable                     any end --&gt; lost
 *   \--failed--&gt; lost
 * </pre>
 *
 * <p>Confined to the driver's mailbox; what connections tell is brought there. What a control says that is closed already is
 * dropped by the machine, which knows its id no more.
 */
final class ControlLinks {

    private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_CLOSE = Duration.ofMillis(500);

    /** Message types for which a broker has no status events (reference/protocol.md, section 3). */
    private static final Set<String> WITHOUT_EVENTS = Set.of("binary", "struct", "protobuf");

    private static final Command WATCH = Command.builder(CommandType.SUBSCRIBE)
            .topic(Topic.of(StatusEvent.TOPIC))
            .subscriptionIds("name-watch")
            .options("replace")
            .build();

    private static final Command ROUND_TRIP =
            Command.builder(CommandType.FLUSH).acks(AckType.COMPLETED).build();

    private final Connector connector;
    private final ClientOptions options;
    private final Scheduler scheduler;
    private final Told told;
    private final StatusEventReader reader = new StatusEventReader();
    private final Map<Long, Control> controls = new HashMap<>();
    private final Map<Long, CompletableFuture<Void>> ends = new HashMap<>();

    /** Who is told, from any thread. */
    interface Told {
        /** Something happened to a control. */
        void event(CollisionEvent event);

        /** Something is to be done in the mailbox. */
        void post(Runnable task);
    }

    ControlLinks(Connector connector, ClientOptions options, Scheduler scheduler, Told told) {
        this.connector = connector;
        this.options = options;
        this.scheduler = scheduler;
        this.told = told;
    }

    /** One of them; {@code connection} is {@code null} until it is logged on. */
    private static final class Control {

        final CompletionStage<Connection> answer;

        @Nullable
        Connection connection;

        Scheduler.@Nullable Cancellable pulse;

        Control(CompletionStage<Connection> answer) {
            this.answer = answer;
        }
    }

    /** Begins one, under this name. */
    void open(long id, Endpoint endpoint, String clientName, LogonRequest like) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        ends.put(id, end);
        CompletionStage<Connection> answer;
        try {
            answer = Objects.requireNonNull(
                    connector.connect(request(id, endpoint, clientName, like)), "the connector's answer");
        } catch (RuntimeException | Error e) { // an Error, too: a control that fails must not harm the client
            answer = CompletableFuture.failedFuture(e);
        }
        controls.put(id, new Control(answer));
        var unused = answer.whenComplete((connection, error) -> {
            if (connection == null) {
                over(id, end);
            } else {
                watch(id, connection, end);
            }
        });
    }

    private void watch(long id, Connection connection, CompletableFuture<Void> end) {
        var unused = connection.closed().whenComplete((disconnect, none) -> over(id, end));
        told.post(() -> up(id, connection));
    }

    private ConnectRequest request(long id, Endpoint endpoint, String clientName, LogonRequest like) {
        Duration timeout = options.timeouts().connect();
        String type = like.messageType() == null ? endpoint.messageType() : like.messageType();
        LogonRequest logon = new LogonRequest(
                clientName,
                like.authenticator(),
                like.correlationId(),
                WITHOUT_EVENTS.contains(type) ? "json" : like.messageType(),
                like.version(),
                null);
        return new ConnectRequest(
                endpoint,
                logon,
                timeout.compareTo(MOST_TO_CONNECT) < 0 ? timeout : MOST_TO_CONNECT,
                Heartbeat.OFF,
                options.limits(),
                options.tls(),
                new ControlSink(id, like.clientName(), reader, told, () -> overflowed(id)));
    }

    private void up(long id, Connection connection) {
        Control control = controls.get(id);
        if (control == null) {
            close(connection);
            return;
        }
        control.connection = connection;
        told.event(new CollisionEvent.ControlUp(id));
        enter(id, connection, options.timeouts().command());
    }

    private void enter(long id, Connection connection, Duration timeout) {
        var unused = connection.execute(WATCH, timeout, ack -> {}).reply().whenComplete((ack, error) -> {
            if (error == null) {
                told.event(new CollisionEvent.ControlReadable(id));
            } else if (cause(error) instanceof CommandRefusedException) {
                told.event(new CollisionEvent.ControlUnreadable(id));
            } else {
                close(connection); // and so lost
            }
        });
    }

    /** More came than is looked at: it begins anew. */
    private void overflowed(long id) {
        told.post(() -> {
            Control control = controls.get(id);
            if (control != null) {
                close(id);
                told.event(new CollisionEvent.ControlLost(id));
            }
        });
    }

    private void over(long id, CompletableFuture<Void> end) {
        end.complete(null);
        told.post(() -> {
            ends.remove(id);
            Control control = controls.remove(id);
            if (control != null) {
                stopPulse(control);
                told.event(new CollisionEvent.ControlLost(id));
            }
        });
    }

    /** Ends one; nothing more is told of it. */
    void close(long id) {
        Control control = controls.remove(id);
        if (control == null) {
            return;
        }
        stopPulse(control);
        if (control.connection == null) {
            // The answer follows: the attempt's failure, or a connection that is closed then.
            control.answer.toCompletableFuture().cancel(true);
        } else {
            close(control.connection);
        }
    }

    /** Ends all of them; completes when nothing is left. */
    CompletableFuture<Void> closeAll() {
        List.copyOf(controls.keySet()).forEach(this::close);
        return CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new));
    }

    /** Finds out whether one still answers. */
    void check(long id, Duration timeout) {
        Control control = controls.get(id);
        if (control != null && control.connection != null) {
            var unused = control.connection
                    .execute(ROUND_TRIP, timeout, ack -> {})
                    .reply()
                    .whenComplete((ack, error) -> {
                        if (error == null) {
                            told.event(new CollisionEvent.ControlAlive(id));
                        }
                    });
        }
    }

    /**
     * From now on it is noticed within two heartbeat intervals when one is dead. Its subscription is entered again and again: the
     * broker tells that to whoever watches, and so a holder whose control comes late learns who stands by.
     */
    void keepAlive(long id) {
        Control control = controls.get(id);
        if (control != null && control.pulse == null) {
            pulseLater(id, control);
        }
    }

    private void pulseLater(long id, Control control) {
        Heartbeat heartbeat = options.heartbeat().isOn() ? options.heartbeat() : Heartbeat.DEFAULT;
        Duration interval = heartbeat.interval();
        control.pulse = scheduler.schedule(interval.toNanos(), () -> told.post(() -> pulse(id, control, interval)));
    }

    private void pulse(long id, Control control, Duration interval) {
        Connection connection = control.connection;
        if (controls.get(id) != control || connection == null) {
            return;
        }
        enter(id, connection, interval);
        pulseLater(id, control);
    }

    private static void stopPulse(Control control) {
        if (control.pulse != null) {
            control.pulse.cancel();
            control.pulse = null;
        }
    }

    private static void close(Connection connection) {
        var unused = connection.close(TO_CLOSE);
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
