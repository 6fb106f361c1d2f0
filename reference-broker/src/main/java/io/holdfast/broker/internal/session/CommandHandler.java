package io.holdfast.broker.internal.session;

import io.holdfast.broker.internal.wire.Frame;

/** What one verb does. Runs on the broker's thread, and never blocks. */
@FunctionalInterface
public interface CommandHandler {

    /** Handles a command of a session. */
    void on(Session session, Frame frame);
}
