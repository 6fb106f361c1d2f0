package io.holdfast.client.message;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command other than a plain publish, as the application or the client composes it; immutable.
 *
 * <p>It carries every header field a client may set except the command id, which belongs to one sending of it, and the
 * logon's own fields, which {@link io.holdfast.client.connect.LogonRequest} holds. Publishes at speed do not pass
 * through here but through {@link io.holdfast.client.publish.PublishRequest}.
 */
public final class Command {

    private final Builder fields;

    private Command(Builder fields) {
        this.fields = fields;
    }

    /** A command with this verb; by default it asks for {@link AckType#PROCESSED}. */
    public static Builder builder(CommandType type) {
        return new Builder(type);
    }

    /** The verb. */
    public CommandType type() {
        return fields.type;
    }

    /** The topic or pattern ({@code t}). */
    public @Nullable Topic topic() {
        return fields.topic;
    }

    /** The content filter ({@code f}), passed through as it is. */
    public @Nullable String filter() {
        return fields.filter;
    }

    /** The options ({@code o}), a comma list, passed through as they are. */
    public @Nullable String options() {
        return fields.options;
    }

    /** One subscription id, a comma list, or {@code all} ({@code sub_id}). */
    public @Nullable String subscriptionIds() {
        return fields.subscriptionIds;
    }

    /** The id of a query ({@code query_id}). */
    public @Nullable String queryId() {
        return fields.queryId;
    }

    /** The log position ({@code bm}). */
    public @Nullable Bookmark bookmark() {
        return fields.bookmark;
    }

    /** The record's key ({@code k}). */
    public @Nullable String sowKey() {
        return fields.sowKey;
    }

    /** A comma list of record keys ({@code sow_keys}). */
    public @Nullable String sowKeys() {
        return fields.sowKeys;
    }

    /** The application's token ({@code x}). */
    public @Nullable CorrelationId correlationId() {
        return fields.correlationId;
    }

    /** The order of a query's records ({@code orderby}). */
    public @Nullable String orderBy() {
        return fields.orderBy;
    }

    /** Seconds to live ({@code e}), or -1 when unset. */
    public long expirationSeconds() {
        return fields.expirationSeconds;
    }

    /** Records per frame ({@code bs}), or -1 when unset. */
    public long batchSize() {
        return fields.batchSize;
    }

    /** The most records to return ({@code top_n}), or -1 when unset. */
    public long topN() {
        return fields.topN;
    }

    /** The publisher's sequence number ({@code s}); {@link SequenceNumber#NONE} when unset. */
    public SequenceNumber sequence() {
        return fields.sequence;
    }

    /** The acks asked for ({@code a}), never changing; empty if none. */
    public Set<AckType> acks() {
        return fields.acks;
    }

    /**
     * The ack that answers the command: {@link AckType#PROCESSED} if asked for, else the last one asked for in the order
     * of {@link AckType}; {@code null} if none was asked for. Further acks are delivered on their own.
     */
    public @Nullable AckType replyOn() {
        if (fields.acks.contains(AckType.PROCESSED)) {
            return AckType.PROCESSED;
        }
        AckType last = null;
        for (AckType type : fields.acks) {
            last = type;
        }
        return last;
    }

    /** The body, empty if none. */
    public Payload payload() {
        return fields.payload;
    }

    @Override
    public String toString() {
        return "Command[" + fields.type.word() + (fields.topic == null ? "" : " " + fields.topic) + "]";
    }

    /** Collects the fields of a command. Not thread-safe; spent by {@link #build()}. */
    public static final class Builder implements Cloneable {

        private final CommandType type;
        private @Nullable Topic topic;
        private @Nullable String filter;
        private @Nullable String options;
        private @Nullable String subscriptionIds;
        private @Nullable String queryId;
        private @Nullable Bookmark bookmark;
        private @Nullable String sowKey;
        private @Nullable String sowKeys;
        private @Nullable CorrelationId correlationId;
        private @Nullable String orderBy;
        private long expirationSeconds = -1;
        private long batchSize = -1;
        private long topN = -1;
        private SequenceNumber sequence = SequenceNumber.NONE;
        private Set<AckType> acks = Collections.unmodifiableSet(EnumSet.of(AckType.PROCESSED));
        private Payload payload = Payload.empty();

        private Builder(CommandType type) {
            this.type = requireNonNull(type, "type");
        }

        /** Sets the topic or pattern. */
        public Builder topic(Topic value) {
            topic = requireNonNull(value);
            return this;
        }

        /** Sets the content filter. */
        public Builder filter(@Nullable String value) {
            filter = value;
            return this;
        }

        /** Sets the options, a comma list. */
        public Builder options(@Nullable String value) {
            options = value;
            return this;
        }

        /** Sets the subscription ids: one, a comma list, or {@code all}. */
        public Builder subscriptionIds(String value) {
            subscriptionIds = requireNonNull(value);
            return this;
        }

        /** Sets the query id. */
        public Builder queryId(String value) {
            queryId = requireNonNull(value);
            return this;
        }

        /**
         * Sets the log position.
         *
         * @throws IllegalArgumentException if it is {@link Bookmark#MOST_RECENT}, which no broker knows
         */
        public Builder bookmark(@Nullable Bookmark value) {
            if (Bookmark.MOST_RECENT.equals(value)) {
                throw new IllegalArgumentException(
                        "MOST_RECENT is the client's word and not sent: it is for SubscribeRequest");
            }
            bookmark = value;
            return this;
        }

        /** Sets the record's key. */
        public Builder sowKey(String value) {
            sowKey = requireNonNull(value);
            return this;
        }

        /** Sets the record keys, a comma list. */
        public Builder sowKeys(String value) {
            sowKeys = requireNonNull(value);
            return this;
        }

        /** Sets the application's token. */
        public Builder correlationId(CorrelationId value) {
            correlationId = requireNonNull(value);
            return this;
        }

        /** Sets the order of a query's records. */
        public Builder orderBy(String value) {
            orderBy = requireNonNull(value);
            return this;
        }

        /** Sets the seconds to live; zero means for ever. */
        public Builder expirationSeconds(long value) {
            expirationSeconds = atLeast(0, value, "expirationSeconds");
            return this;
        }

        /** Sets the records per frame, 1 to 10,000 (AMPS command reference). */
        public Builder batchSize(long value) {
            if (value > 10_000) {
                throw new IllegalArgumentException("batchSize is 1..10000, not " + value);
            }
            batchSize = atLeast(1, value, "batchSize");
            return this;
        }

        /** Sets the most records to return. */
        public Builder topN(long value) {
            topN = atLeast(1, value, "topN");
            return this;
        }

        /** Sets the publisher's sequence number. */
        public Builder sequence(SequenceNumber value) {
            sequence = requireNonNull(value);
            return this;
        }

        /** Sets the acks to ask for; default {@link AckType#PROCESSED}. */
        public Builder acks(Collection<AckType> values) {
            EnumSet<AckType> copy = EnumSet.noneOf(AckType.class);
            copy.addAll(values);
            acks = Collections.unmodifiableSet(copy);
            return this;
        }

        /** Sets the acks to ask for; default {@link AckType#PROCESSED}. */
        public Builder acks(AckType... values) {
            return acks(Set.of(values));
        }

        /** Sets the body. */
        public Builder payload(Payload value) {
            payload = requireNonNull(value);
            return this;
        }

        /** The command. Later changes to this builder do not reach it. */
        public Command build() {
            try {
                return new Command((Builder) clone());
            } catch (CloneNotSupportedException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private static long atLeast(long least, long value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(name + " is at least " + least + ", not " + value);
            }
            return value;
        }
    }
}
