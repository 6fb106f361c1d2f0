package io.holdfast.broker.internal.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command words (protocol text 1.3), each with the side that may say it. */
public enum Verb {
    /** The first command of a connection. */
    LOGON(true),
    /** A message. */
    PUBLISH(true),
    /** A change to a stored record; a plain publish where nothing is stored. */
    DELTA_PUBLISH(true),
    /** Enters a subscription. */
    SUBSCRIBE(true),
    /** Enters a subscription to changes. */
    DELTA_SUBSCRIBE(true),
    /** Queries stored records. */
    SOW(true),
    /** A query and a subscription. */
    SOW_AND_SUBSCRIBE(true),
    /** A query and a subscription to changes. */
    SOW_AND_DELTA_SUBSCRIBE(true),
    /** Deletes records. */
    SOW_DELETE(true),
    /** Ends subscriptions. */
    UNSUBSCRIBE(true),
    /** Answered when everything earlier is done. */
    FLUSH(true),
    /** A sign of life. */
    HEARTBEAT(true),
    /** An answer. */
    ACK(false),
    /** A record left a subscription's focus. */
    OOF(false),
    /** Records follow. */
    GROUP_BEGIN(false),
    /** No more records. */
    GROUP_END(false);

    private static final Map<String, Verb> BY_WORD = byWord();

    private final String word = name().toLowerCase(Locale.ROOT);
    private final boolean fromClient;

    Verb(boolean fromClient) {
        this.fromClient = fromClient;
    }

    /** The verb of this word, {@code p} included; {@code null} if there is none. */
    public static @Nullable Verb of(String word) {
        return BY_WORD.get(word);
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }

    /** Whether a client may send it. */
    public boolean isFromClient() {
        return fromClient;
    }

    private static Map<String, Verb> byWord() {
        Map<String, Verb> verbs = new HashMap<>();
        for (Verb verb : values()) {
            verbs.put(verb.word, verb);
        }
        verbs.put("p", PUBLISH);
        return verbs;
    }
}
