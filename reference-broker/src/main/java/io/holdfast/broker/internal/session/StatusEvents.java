package io.holdfast.broker.internal.session;

import org.jspecify.annotations.Nullable;

/** Tells the world what clients do. */
public interface StatusEvents {

    /** A connect, logon, disconnect or failed logon. */
    void session(Kind kind, Session session, @Nullable String reason);

    /** A subscription entered or removed. */
    void subscription(Kind kind, Session session, String subId, String topic, @Nullable String options);

    /** The {@code event} of a status message. */
    enum Kind {
        /** Accepted. */
        CONNECT("connect"),
        /** Took its name. */
        LOGON("logon"),
        /** Gone. */
        DISCONNECT("disconnect"),
        /** Was refused. */
        LOGON_FAILED("logon_failed"),
        /** Entered a subscription. */
        SUBSCRIBE("subscribe"),
        /** Left a subscription. */
        UNSUBSCRIBE("unsubscribe");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in the message. */
        public String word() {
            return word;
        }
    }
}
