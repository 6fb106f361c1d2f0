package io.holdfast.broker;

/**
 * Scripted misbehaviour of an embedded broker, for the tests of clients. Connections are chosen by client name; each method says how
 * many it found. Callable from any thread; done when it returns.
 */
public interface Faults {

    /** Accepts further connections and closes them at once, or serves them again. */
    void closeOnAccept(boolean on);

    /** Neither reads nor writes, with the socket open: what a frozen broker looks like. */
    int stall(String clientName);

    /** Ends a stall. */
    int resume(String clientName);

    /** Closes the connection without a word, as an eviction does. */
    int drop(String clientName);

    /** Resets the connection (RST). */
    int reset(String clientName);

    /** Forgets the client and leaves its socket open and dead: the name is free, the client does not know. */
    int halfOpen(String clientName);
}
