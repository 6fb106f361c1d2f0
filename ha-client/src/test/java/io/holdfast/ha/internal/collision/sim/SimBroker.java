package io.holdfast.ha.internal.collision.sim;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.internal.collision.StatusEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a broker, as far as names go: with a transaction log the newest logon of a name ends the older one, and only
 * those who watch are told.
 */
final class SimBroker {

    static final String IN_USE = "name in use";

    final Endpoint endpoint;
    private final SimWorld world;
    private final List<SimConnection> connections = new ArrayList<>();
    private final List<BiConsumer<SimConnection, StatusEvent>> watchers = new ArrayList<>();
    boolean evicts = true;
    boolean readable = true;
    boolean reflects = true;
    boolean up = true;
    /** What becomes of a client that resumed: the cause of another kind. */
    Consumer<SimConnection> onResume = connection -> {};

    Consumer<SimConnection> onLogon = connection -> {};
    final List<Long> evictions = new ArrayList<>();
    /** When one of ours was evicted, or evicted somebody. */
    final List<Long> evictionsWithOurs = new ArrayList<>();

    private long emptySince;
    private long longestEmpty;
    private long emptyInAll;
    private int lastId;

    SimBroker(SimWorld world, String endpoint) {
        this.world = world;
        this.endpoint = Endpoint.parse(endpoint);
    }

    /** A client connects and logs on; what comes of it arrives in time. */
    void connect(
            String name, boolean control, long latency, @Nullable String correlationId, SimConnection.Owner owner) {
        world.after(3 * latency, () -> {
            if (!up) {
                world.after(latency, () -> owner.refused(true));
                return;
            }
            SimConnection fresh =
                    new SimConnection(world, latency, name, "c" + ++lastId, control, correlationId, owner);
            logon(fresh);
            fresh.toClient(() -> owner.loggedOn(fresh));
        });
    }

    private void logon(SimConnection fresh) {
        SimConnection old = evicts ? holder(fresh.name) : null;
        boolean logonFirst = world.random.nextBoolean();
        connections.add(fresh);
        noteHolder();
        if (logonFirst) {
            tell(StatusEvent.Kind.LOGON, fresh, null);
        }
        if (old != null) {
            evictions.add(world.now());
            if (old.correlationId != null || fresh.correlationId != null) {
                evictionsWithOurs.add(world.now());
            }
            end(old, IN_USE);
        }
        if (!logonFirst) {
            tell(StatusEvent.Kind.LOGON, fresh, null);
        }
        onLogon.accept(fresh);
    }

    @Nullable
    SimConnection holder(String name) {
        for (SimConnection connection : connections) {
            if (connection.name.equals(name)) {
                return connection;
            }
        }
        return null;
    }

    /** The broker ends a connection, and tells the watchers why. */
    void end(SimConnection connection, String reason) {
        if (connections.remove(connection)) {
            noteHolder();
            connection.closedByPeer();
            tell(StatusEvent.Kind.DISCONNECT, connection, reason);
        }
    }

    /** The client closed; its word arrives later. */
    void leave(SimConnection connection) {
        connection.openAtClient = false;
        world.after(connection.latency(), () -> {
            if (!connection.cut && connections.remove(connection)) {
                connection.openAtBroker = false;
                noteHolder();
                tell(StatusEvent.Kind.DISCONNECT, connection, "connection closed");
            }
        });
    }

    /** The broker noticed that a cut connection is dead. */
    void drop(SimConnection connection, String reason) {
        if (connections.remove(connection)) {
            connection.openAtBroker = false;
            noteHolder();
            tell(StatusEvent.Kind.DISCONNECT, connection, reason);
        }
    }

    void watch(SimConnection control, BiConsumer<SimConnection, StatusEvent> receiver) {
        control.watches = true;
        watchers.add((connection, event) -> {
            if (control.openAtBroker) {
                control.toClient(() -> receiver.accept(control, event));
            }
        });
    }

    private void tell(StatusEvent.Kind kind, SimConnection about, @Nullable String reason) {
        if (about.control || !readable) {
            return;
        }
        StatusEvent event = new StatusEvent(
                kind, about.name, about.id, "10.0.0.1:" + about.id, reflects ? about.correlationId : null, reason);
        List.copyOf(watchers).forEach(watcher -> watcher.accept(about, event));
    }

    /** All connections end at once, unannounced: the broker or something before it went down. */
    void cutAll() {
        for (SimConnection connection : List.copyOf(connections)) {
            connections.remove(connection);
            connection.closedByPeer();
        }
        watchers.clear();
        noteHolder();
    }

    /** Something between cut one connection: each side sees the other close. */
    void cutOne(SimConnection connection) {
        if (connections.remove(connection)) {
            noteHolder();
            connection.closedByPeer();
            tell(StatusEvent.Kind.DISCONNECT, connection, "connection closed");
        }
    }

    void restart(long downFor) {
        up = false;
        cutAll();
        world.after(downFor, () -> up = true);
    }

    List<SimConnection> all() {
        return List.copyOf(connections);
    }

    private void noteHolder() {
        boolean empty = holder(SimClient.NAME) == null;
        if (empty && emptySince < 0) {
            emptySince = world.now();
        } else if (!empty && emptySince >= 0) {
            longestEmpty = Math.max(longestEmpty, world.now() - emptySince);
            emptyInAll += world.now() - emptySince;
            emptySince = -1;
        }
    }

    /** Measures anew from now on for how long nobody has the name. */
    void measureEmpty() {
        longestEmpty = 0;
        emptySince = holder(SimClient.NAME) == null ? world.now() : -1;
    }

    /** The longest time without a holder since then. */
    long longestEmpty() {
        return Math.max(longestEmpty, emptySince < 0 ? 0 : world.now() - emptySince);
    }

    /** For how long in all somebody had the name. */
    long heldFor() {
        return world.now() - emptyInAll - (emptySince < 0 ? 0 : world.now() - emptySince);
    }
}
