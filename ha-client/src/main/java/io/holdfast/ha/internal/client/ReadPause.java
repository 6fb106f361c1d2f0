package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The pause that one full lane asks of its connection. Guarded by the lane's lock; the transport is called without it.
 *
 * <pre>
 * NONE --full--&gt; WANTED --connection.pauseReads() returned--&gt; ON --half empty, or ended--&gt; NONE, connection.resumeReads()
 * </pre>
 *
 * WANTED keeps the other side from taking back a pause that has not been made yet. A pause ends with its connection: the next one
 * begins unpaused, and is paused by the first message that finds the lane still full.
 */
final class ReadPause {

    private final Pauses pauses;
    private State state = State.NONE;
    private @Nullable Connection paused;

    private enum State {
        NONE,
        WANTED,
        ON
    }

    /** None yet; each is counted in {@code pauses}. */
    ReadPause(Pauses pauses) {
        this.pauses = pauses;
    }

    /** A message comes from this connection, so nothing is paused there. */
    void deliveredBy(Connection from) {
        if (state == State.NONE) {
            return;
        }
        if (state == State.WANTED || paused == from) {
            throw new IllegalStateException("the transport delivered a message while reads were paused");
        }
        take(); // its connection is gone
    }

    /** The lane is full; {@link Connection#pauseReads()} comes next, without the lock, and then {@link #made}. */
    void wanted() {
        state = State.WANTED;
    }

    /** The pause has been made; false if it is to be taken back at once, since there is room by now. */
    boolean made(Connection from, boolean isStillNeeded) {
        state = isStillNeeded ? State.ON : State.NONE;
        paused = isStillNeeded ? from : null;
        if (isStillNeeded) {
            pauses.begin();
        }
        return isStillNeeded;
    }

    /** Its connection has ended. */
    void ended() {
        take();
    }

    /** Ends the pause; the connection to resume, {@code null} if none is paused. */
    @Nullable
    Connection take() {
        if (state != State.ON) {
            return null;
        }
        Connection resume = paused;
        state = State.NONE;
        paused = null;
        pauses.end();
        return resume;
    }
}
