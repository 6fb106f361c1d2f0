package io.holdfast.broker.internal.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields (protocol text 1.2): the long key is the constant's name in small letters. */
public enum Field {
    /** The verb. */
    CMD("c"),
    /** The client's id for a command. */
    CMD_ID("cid"),
    /** Topic or pattern. */
    TOPIC("t"),
    /** Acks asked for, or the kind of this one. */
    ACK_TYPE("a"),
    /** Content filter. */
    FILTER("f"),
    /** Options, a comma list. */
    OPTS("o"),
    /** Position in the log. */
    BOOKMARK("bm"),
    /** Publisher's sequence number. */
    SEQ("s", Kind.NUMBER),
    /** A record's key. */
    SOW_KEY("k"),
    /** Keys, a comma list. */
    SOW_KEYS(null),
    /** Opaque token. */
    CORRELATION_ID("x"),
    /** Seconds to live. */
    EXPIRATION("e", Kind.NUMBER),
    /** Records per frame. */
    BATCH_SIZE("bs", Kind.NUMBER),
    /** Length of a body. */
    MSG_LEN("l", Kind.NUMBER),
    /** End of a queue's lease. */
    LEASEPERIOD("lp"),
    /** When the server processed it. */
    TIMESTAMP("ts"),
    /** Credential. */
    PASSWORD("pw"),
    /** Program version; published traces show the long key, so that is what we write. */
    VERSION("v", Kind.TEXT_LONG_KEY),
    /** User. */
    USER_ID(null),
    /** Client name. */
    CLIENT_NAME(null),
    /** Subscription id or ids. */
    SUB_ID(null),
    /** Ids of the subscriptions that a message matches. */
    SIDS(null),
    /** Id of a query. */
    QUERY_ID(null),
    /** Order of a query's records. */
    ORDERBY(null),
    /** The most records. */
    TOP_N(null, Kind.NUMBER),
    /** Outcome of a command. */
    STATUS(null),
    /** Why. */
    REASON(null),
    /** Counter. */
    MATCHES(null, Kind.NUMBER),
    /** Counter. */
    TOPIC_MATCHES(null, Kind.NUMBER),
    /** Counter. */
    RECORDS_RETURNED(null, Kind.NUMBER),
    /** Counter. */
    RECORDS_INSERTED(null, Kind.NUMBER),
    /** Counter. */
    RECORDS_UPDATED(null, Kind.NUMBER),
    /** Counter. */
    RECORDS_DELETED(null, Kind.NUMBER),
    /** Group sequence. */
    GSEQ(null),
    /** Message type of a connection, seen in a trace under its short key only. */
    MESSAGE_TYPE("mt");

    private static final Map<String, Field> BY_KEY = byKey();

    private final String longKey = name().toLowerCase(Locale.ROOT);
    private final @Nullable String shortKey;
    private final Kind kind;

    Field(@Nullable String shortKey) {
        this(shortKey, Kind.TEXT);
    }

    Field(@Nullable String shortKey, Kind kind) {
        this.shortKey = shortKey;
        this.kind = kind;
    }

    /** The field with this long or short key, {@code null} if unknown. */
    public static @Nullable Field of(String key) {
        return BY_KEY.get(key);
    }

    /** The long key. */
    public String longKey() {
        return longKey;
    }

    /** The key to write: the short one where there is one. */
    public String writtenKey() {
        return shortKey == null || kind == Kind.TEXT_LONG_KEY ? longKey : shortKey;
    }

    /** Its place in an array of all fields, within this process. */
    @SuppressWarnings("EnumOrdinal") // never stored, never sent
    int index() {
        return ordinal();
    }

    /** Whether the value is an integer. */
    public boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    private static Map<String, Field> byKey() {
        Map<String, Field> fields = new HashMap<>();
        for (Field field : values()) {
            fields.put(field.longKey, field);
            if (field.shortKey != null) {
                fields.put(field.shortKey, field);
            }
        }
        return fields;
    }

    private enum Kind {
        TEXT,
        TEXT_LONG_KEY,
        NUMBER
    }
}
