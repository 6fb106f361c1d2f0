package io.holdfast.ha.reconnect;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.MessagingException;
import java.time.Instant;
import java.util.Set;

/**
 * Says which server the next attempt goes to. Asked just before each attempt, and told what became of it; from one thread at
 * a time, the client's own, where nothing may block. One selector serves one client.
 *
 * <p>A peer that closes a connection after a good logon leaves no word to the selector: the close may be an eviction by a
 * client of the same name, and moving to another server would only hide that from both. The next attempt then asks for the
 * same endpoint.
 */
public interface EndpointSelector {

    /** Every endpoint it may ever return; at least one, and always the same. */
    Set<Endpoint> endpoints();

    /**
     * The endpoint of the next attempt.
     *
     * @param sameWanted whether it should be the one that was returned last
     * @param now wall-clock time
     */
    Endpoint next(boolean sameWanted, Instant now);

    /** A session at this endpoint began: logged on, and resumed. */
    void succeeded(Endpoint endpoint);

    /** An attempt at this endpoint failed, or its session ended by a peer that was dead or broke the protocol. */
    void failed(Endpoint endpoint, MessagingException cause);
}
