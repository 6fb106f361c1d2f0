package io.holdfast.broker.internal.session;

import io.holdfast.broker.ClientInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds which name. With a transaction log a name has one holder: a logon of the same user (or of anybody while authentication is
 * off) takes it over, another user is refused. Without a log there is no uniqueness (protocol text 3). The peer's address is no
 * condition. Confined to the broker's thread.
 */
public final class SessionRegistry {

    private final boolean unique;
    private final Map<String, Session> holders = new HashMap<>();
    private final Set<Session> loggedOn = new LinkedHashSet<>();

    /** An empty registry. */
    public SessionRegistry(boolean transactionLog) {
        unique = transactionLog;
    }

    /** Who holds the name, if names are unique and it is held. */
    public Optional<Session> holder(String clientName) {
        return unique ? Optional.ofNullable(holders.get(clientName)) : Optional.empty();
    }

    /** Whether this logon may take over from the holder. */
    public static boolean mayEvict(LogonIdentity challenger, Session holder) {
        LogonIdentity held = holder.identity();
        return held != null && Objects.equals(held.authenticatedId(), challenger.authenticatedId());
    }

    /** Enters a logged-on session; the name is free or not unique. */
    public void enter(Session session) {
        if (unique && holders.putIfAbsent(session.clientName(), session) != null) {
            throw new IllegalStateException("the name is held");
        }
        loggedOn.add(session);
    }

    /** Removes a session, if it is there. */
    public void leave(Session session) {
        loggedOn.remove(session);
        holders.remove(session.clientName(), session);
    }

    /** All sessions with this name, oldest first. */
    public List<Session> named(String clientName) {
        List<Session> found = new ArrayList<>();
        for (Session session : loggedOn) {
            if (session.clientName().equals(clientName)) {
                found.add(session);
            }
        }
        return found;
    }

    /** All logged-on sessions, oldest first. */
    public List<Session> all() {
        return List.copyOf(loggedOn);
    }

    /** What the admin page shows, oldest first. */
    public List<ClientInfo> snapshot() {
        return loggedOn.stream().map(Session::info).toList();
    }
}
