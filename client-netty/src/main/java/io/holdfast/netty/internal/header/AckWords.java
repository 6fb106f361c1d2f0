package io.holdfast.netty.internal.header;

import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import java.util.HashMap;
import java.util.Map;

/** The words and counters that acks are made of. */
final class AckWords {

    static final WordTable<AckType> TYPES = types();
    static final WordTable<AckStatus> STATUSES = statuses();

    private AckWords() {}

    static AckCounts counts(HeaderFields fields) {
        AckCounts counts = new AckCounts(
                fields.number(HeaderField.MATCHES, 0),
                fields.number(HeaderField.TOPIC_MATCHES, 0),
                fields.number(HeaderField.RECORDS_RETURNED, 0),
                fields.number(HeaderField.RECORDS_INSERTED, 0),
                fields.number(HeaderField.RECORDS_UPDATED, 0),
                fields.number(HeaderField.RECORDS_DELETED, 0));
        return counts.equals(AckCounts.NONE) ? AckCounts.NONE : counts;
    }

    private static WordTable<AckType> types() {
        Map<String, AckType> words = new HashMap<>();
        for (AckType type : AckType.values()) {
            words.put(type.word(), type);
        }
        return WordTable.of(words);
    }

    private static WordTable<AckStatus> statuses() {
        Map<String, AckStatus> words = new HashMap<>();
        for (AckStatus status : AckStatus.values()) {
            words.put(status.word(), status);
        }
        return WordTable.of(words);
    }
}
