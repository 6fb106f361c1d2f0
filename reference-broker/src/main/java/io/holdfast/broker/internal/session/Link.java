package io.holdfast.broker.internal.session;

import io.holdfast.broker.internal.transport.Outbound;
import io.holdfast.broker.internal.wire.Header;

/** The connection under a session. Confined to the broker's thread. */
public interface Link {

    /** Where frames go. */
    Outbound out();

    /** The bytes of a header. */
    byte[] encode(Header header);

    /** Stops or resumes reading. */
    void pauseReads(boolean paused);

    /** The logon is done: larger frames are accepted, and those that came meanwhile are handled. */
    void loggedOn();

    /** Resets the connection (RST) instead of closing it in order. */
    void reset();
}
