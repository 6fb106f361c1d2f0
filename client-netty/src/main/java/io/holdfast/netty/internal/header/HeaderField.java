package io.holdfast.netty.internal.header;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a header that we know (the published table of the {@code amps} protocol). Each may be spelled short or long;
 * we write the short one where there is one.
 */
public enum HeaderField {
    /** The verb. */
    CMD("cmd", "c"),
    /** The client's number for a command. */
    CMD_ID("cmd_id", "cid"),
    /** The topic, or a pattern in subscriptions. */
    TOPIC("topic", "t"),
    /** The acks wanted, or the kind of this ack. */
    ACK_TYPE("ack_type", "a"),
    /** The content filter. */
    FILTER("filter", "f"),
    /** The options. */
    OPTS("opts", "o"),
    /** The log position. */
    BOOKMARK("bookmark", "bm"),
    /** The publisher's sequence number. */
    SEQ("seq", "s", true),
    /** The record's key. */
    SOW_KEY("sow_key", "k"),
    /** A list of record keys. */
    SOW_KEYS("sow_keys", null),
    /** The publisher's token. */
    CORRELATION_ID("correlation_id", "x"),
    /** Seconds to live. */
    EXPIRATION("expiration", "e", true),
    /** Records per frame. */
    BATCH_SIZE("batch_size", "bs", true),
    /** The length of a record's body. */
    MSG_LEN("msg_len", "l", true),
    /** The end of a queue lease. */
    LEASEPERIOD("leaseperiod", "lp"),
    /** When the broker processed it. */
    TIMESTAMP("timestamp", "ts"),
    /** The password. */
    PASSWORD("password", "pw"),
    /** The version of client or broker. */
    VERSION("version", "v"),
    /** The user. */
    USER_ID("user_id", null),
    /** The client name. */
    CLIENT_NAME("client_name", null),
    /** The subscription, or several. */
    SUB_ID("sub_id", null),
    /** The subscriptions that a message matches. */
    SIDS("sids", null),
    /** The query. */
    QUERY_ID("query_id", null),
    /** The order of a query's records. */
    ORDERBY("orderby", null),
    /** The most records to return. */
    TOP_N("top_n", null, true),
    /** The outcome that an ack reports. */
    STATUS("status", null),
    /** The broker's words. */
    REASON("reason", null),
    /** Counter of an ack. */
    MATCHES("matches", null, true),
    /** Counter of an ack. */
    TOPIC_MATCHES("topic_matches", null, true),
    /** Counter of an ack. */
    RECORDS_RETURNED("records_returned", null, true),
    /** Counter of an ack. */
    RECORDS_INSERTED("records_inserted", null, true),
    /** Counter of an ack. */
    RECORDS_UPDATED("records_updated", null, true),
    /** Counter of an ack. */
    RECORDS_DELETED("records_deleted", null, true),
    /** The group sequence number; kept as text, its range is not published. */
    GSEQ("gseq", null),
    /** The message type; seen in a published trace of a logon, not in the table. */
    MESSAGE_TYPE("message_type", "mt");

    private static final WordTable<HeaderField> KEYS = keys();
    private static final @Nullable HeaderField[] LETTERS = letters();

    private final String longKey;
    private final String shortKey;
    private final boolean number;

    HeaderField(String longKey, @Nullable String shortKey) {
        this(longKey, shortKey, false);
    }

    HeaderField(String longKey, @Nullable String shortKey, boolean number) {
        this.longKey = longKey;
        this.shortKey = shortKey == null ? longKey : shortKey;
        this.number = number;
    }

    /** The long spelling. */
    public String longKey() {
        return longKey;
    }

    /** The short spelling, which is what we write; the long one where there is no other. */
    public String shortKey() {
        return shortKey;
    }

    /** Whether the value is a whole number, zero or more. */
    public boolean isNumber() {
        return number;
    }

    /** The field's place in tables, from 0 on without gaps. */
    @SuppressWarnings("EnumOrdinal") // tables in memory only
    int slot() {
        return ordinal();
    }

    /** The field that this key names in either spelling, or null if we do not know it. */
    static @Nullable HeaderField find(byte[] bytes, int start, int end) {
        return KEYS.find(bytes, start, end);
    }

    /** The field whose key is this one byte, or null if there is none: most keys of a message are no longer. */
    static @Nullable HeaderField ofLetter(byte key) {
        return LETTERS[key & 0xff];
    }

    private static @Nullable HeaderField[] letters() {
        @Nullable HeaderField[] letters = new HeaderField[256];
        for (HeaderField field : values()) {
            if (field.shortKey.length() == 1) {
                letters[field.shortKey.charAt(0)] = field;
            }
        }
        return letters;
    }

    private static WordTable<HeaderField> keys() {
        Map<String, HeaderField> keys = new HashMap<>();
        for (HeaderField field : values()) {
            keys.put(field.longKey, field);
            keys.put(field.shortKey, field);
        }
        return WordTable.of(keys);
    }
}
