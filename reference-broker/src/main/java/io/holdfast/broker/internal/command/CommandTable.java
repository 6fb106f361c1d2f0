package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Verb;
import java.util.EnumMap;
import java.util.Map;

/** Which handler does which verb, and what may come when: a logon first, once. */
public final class CommandTable {

    private final Map<Verb, CommandHandler> handlers = new EnumMap<>(Verb.class);
    private final SessionEnd exit;

    /** A table without handlers. */
    public CommandTable(SessionEnd exit) {
        this.exit = exit;
        CommandHandler noStore = refusing("invalid topic"); // a topic that is not stored: an error (protocol text 2)
        handlers.put(Verb.SOW, noStore);
        handlers.put(Verb.SOW_AND_SUBSCRIBE, noStore);
        handlers.put(Verb.SOW_AND_DELTA_SUBSCRIBE, noStore);
        handlers.put(Verb.SOW_DELETE, noStore);
        handlers.put(Verb.DELTA_SUBSCRIBE, noStore);
    }

    /** Sets what does a verb. */
    public CommandTable with(Verb verb, CommandHandler handler) {
        handlers.put(verb, handler);
        return this;
    }

    /** Does what a frame asks for, or ends the session. */
    public void dispatch(Session session, Frame frame) {
        Verb verb = frame.header().verb();
        switch (session.state()) {
            case CONNECTED -> {
                if (verb == Verb.LOGON) {
                    run(session, frame, verb);
                } else {
                    Replies.refuse(session, frame.header(), "logon required");
                    exit.endAfterFlush(
                            session,
                            DisconnectReason.LOGON_REFUSED,
                            "the first command is not a logon: " + verb.word());
                }
            }
            case LOGGED_ON -> {
                if (verb == Verb.LOGON) {
                    exit.end(session, DisconnectReason.PROTOCOL_ERROR, "a second logon");
                } else {
                    run(session, frame, verb);
                }
            }
            case AUTHENTICATING, ENDED -> {
                // held back by the connection, or over
            }
        }
    }

    private void run(Session session, Frame frame, Verb verb) {
        CommandHandler handler = handlers.get(verb);
        if (handler == null) {
            exit.end(session, DisconnectReason.UNKNOWN_COMMAND, verb.word() + " is not a client's command");
        } else {
            handler.on(session, frame);
        }
    }

    private static CommandHandler refusing(String reason) {
        return (session, frame) -> {
            Replies.received(session, frame.header());
            Replies.refuse(session, frame.header(), reason);
        };
    }
}
