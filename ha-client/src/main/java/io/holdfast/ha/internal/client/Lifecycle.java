package io.holdfast.ha.internal.client;

import static io.holdfast.client.ClientState.CLOSED;
import static io.holdfast.client.ClientState.CONNECTED;
import static io.holdfast.client.ClientState.CONNECTING;
import static io.holdfast.client.ClientState.IDLE;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.error.Untrusted;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a client, as pictured in {@link ClientState}, with what belongs to it. Thread-safe.
 *
 * <p>One function changes it, and only along the legal transitions; the listener is told in the order of the changes.
 */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private static final Map<ClientState, Set<ClientState>> LEGAL = Map.of(
            IDLE, EnumSet.of(CONNECTING, CLOSED),
            CONNECTING, EnumSet.of(IDLE, CONNECTED, CLOSED),
            CONNECTED, EnumSet.of(CLOSED),
            CLOSED, EnumSet.noneOf(ClientState.class));

    private final String clientName;
    private final ListenerDispatch listener;
    private volatile Status status = new Status(IDLE, null, null);

    Lifecycle(String clientName, ListenerDispatch listener) {
        this.clientName = clientName;
        this.listener = listener;
    }

    /**
     * A state and its data.
     *
     * @param state which
     * @param connection the connection, exactly in {@link ClientState#CONNECTED}
     * @param lost how the connection ended, in a {@link ClientState#CLOSED} that the application did not ask for
     */
    record Status(
            ClientState state,
            @Nullable Connection connection,
            @Nullable Disconnect lost) {}

    static boolean isLegal(ClientState from, ClientState to) {
        return LEGAL.getOrDefault(from, Set.of()).contains(to);
    }

    ClientState state() {
        return status.state();
    }

    /** An attempt begins. False if the client is not idle. */
    boolean connecting() {
        return change(EnumSet.of(IDLE), new Status(CONNECTING, null, null), "connect was called") != null;
    }

    /** The attempt failed. False if the client was closed meanwhile. */
    boolean failed() {
        return change(EnumSet.of(CONNECTING), new Status(IDLE, null, null), "the attempt failed") != null;
    }

    /** The attempt succeeded. False if the client was closed meanwhile. */
    boolean connected(Connection connection) {
        return change(EnumSet.of(CONNECTING), new Status(CONNECTED, connection, null), "logged on") != null;
    }

    /** The connection ended. False if the client was closed before. */
    boolean lost(Disconnect disconnect) {
        return change(EnumSet.of(CONNECTED), new Status(CLOSED, null, disconnect), "the connection ended") != null;
    }

    /** The application closes. Returns what was before, {@code null} if it was closed already. */
    @Nullable
    Status closed() {
        return change(EnumSet.of(IDLE, CONNECTING, CONNECTED), new Status(CLOSED, null, null), "close was called");
    }

    /** The connection, if there is one now. */
    @Nullable
    Connection connection() {
        return status.connection();
    }

    /** Why a call that needs a connection is refused now. */
    MessagingException refusal() {
        Status now = status;
        Disconnect lost = now.lost();
        if (now.state() != CLOSED) {
            return new NotConnectedException(clientName);
        }
        return lost == null ? new ClientClosedException(clientName) : new DisconnectedException(lost);
    }

    private @Nullable Status change(Set<ClientState> from, Status next, String reason) {
        ListenerDispatch.Event event;
        boolean queued;
        Status before;
        synchronized (this) {
            before = status;
            if (!from.contains(before.state())) {
                return null;
            }
            if (!isLegal(before.state(), next.state())) {
                throw new IllegalStateException("no way from " + before.state() + " to " + next.state());
            }
            status = next;
            ClientState was = before.state();
            event = (told, client) -> told.onStateChange(client, was, next.state(), next.lost());
            queued = listener.enqueue(event);
        }
        LOG.debug(
                "client_name={} from={} to={} reason=\"{}\"",
                Untrusted.escape(clientName),
                before.state(),
                next.state(),
                reason);
        if (!queued) {
            listener.log(event);
        }
        listener.wake();
        return before;
    }
}
