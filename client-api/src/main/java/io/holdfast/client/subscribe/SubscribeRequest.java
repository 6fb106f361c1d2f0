package io.holdfast.client.subscribe;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What to subscribe to, and how to deliver it; immutable. */
public final class SubscribeRequest {

    private final Topic topic;
    private final @Nullable String filter;
    private final @Nullable String options;
    private final @Nullable SubscriptionId id;
    private final @Nullable Bookmark bookmark;
    private final Set<AckType> furtherAcks;
    private final Consumer<Ack> ackHandler;
    private final Delivery delivery;
    private final OverflowPolicy overflow;
    private final Acknowledgement acknowledgement;

    private SubscribeRequest(Builder builder) {
        topic = builder.topic;
        filter = builder.filter;
        options = builder.options;
        id = builder.id;
        bookmark = builder.bookmark;
        furtherAcks = Set.copyOf(builder.furtherAcks);
        ackHandler = builder.ackHandler;
        delivery = builder.delivery;
        overflow = builder.overflow;
        acknowledgement = builder.acknowledgement;
    }

    /** A subscription to this topic or pattern, on a lane that pauses the socket. */
    public static SubscribeRequest to(Topic topic) {
        return builder(topic).build();
    }

    /** Starts a request for this topic or pattern. */
    public static Builder builder(Topic topic) {
        return new Builder(topic);
    }

    /** The topic or pattern. */
    public Topic topic() {
        return topic;
    }

    /** The content filter, passed to the broker as it is. */
    public @Nullable String filter() {
        return filter;
    }

    /** The options of the command, a comma list passed to the broker as it is. */
    public @Nullable String options() {
        return options;
    }

    /**
     * The id the application chose; {@code null} to let the client number it or, with {@link Bookmark#MOST_RECENT}, derive it from
     * topic and filter.
     */
    public @Nullable SubscriptionId id() {
        return id;
    }

    /**
     * Where in the transaction log to start, {@code null} for a live subscription (or for the client's default,
     * {@code holdfast.subscribe.bookmark}).
     */
    public @Nullable Bookmark bookmark() {
        return bookmark;
    }

    /** Acks asked for beside {@link AckType#PROCESSED}. */
    public Set<AckType> furtherAcks() {
        return furtherAcks;
    }

    /** Gets the further acks, on the connection's thread. */
    public Consumer<Ack> ackHandler() {
        return ackHandler;
    }

    /** On which thread the handler runs. */
    public Delivery delivery() {
        return delivery;
    }

    /** What a full lane does. */
    public OverflowPolicy overflow() {
        return overflow;
    }

    /** When a message counts as done with. */
    public Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** A request that differs from this one in where it starts. */
    public SubscribeRequest withBookmark(Bookmark value) {
        Builder builder = builder(topic).bookmark(value).delivery(delivery).overflow(overflow);
        builder.filter = filter;
        builder.options = options;
        builder.id = id;
        builder.furtherAcks.addAll(furtherAcks);
        builder.ackHandler = ackHandler;
        builder.acknowledgement = acknowledgement;
        return builder.build();
    }

    @Override
    public String toString() {
        return "SubscribeRequest[" + topic + (filter == null ? "" : " where " + filter) + "]";
    }

    /** Collects a request; not thread-safe. */
    public static final class Builder {

        private final Topic topic;
        private @Nullable String filter;
        private @Nullable String options;
        private @Nullable SubscriptionId id;
        private @Nullable Bookmark bookmark;
        private final Set<AckType> furtherAcks = EnumSet.noneOf(AckType.class);
        private Consumer<Ack> ackHandler = ack -> {};
        private Delivery delivery = Delivery.LANE;
        private OverflowPolicy overflow = OverflowPolicy.PAUSE;
        private Acknowledgement acknowledgement = Acknowledgement.AUTO;

        private Builder(Topic topic) {
            this.topic = requireNonNull(topic, "topic");
        }

        /** Sets a content filter; default none. */
        public Builder filter(String value) {
            filter = requireNonNull(value);
            return this;
        }

        /** Sets options of the command, a comma list; default none. */
        public Builder options(String value) {
            options = requireNonNull(value);
            return this;
        }

        /** Sets the id; default a number or, with {@link Bookmark#MOST_RECENT}, one that follows from topic and filter. */
        public Builder id(SubscriptionId value) {
            id = requireNonNull(value);
            return this;
        }

        /**
         * Sets where in the transaction log to start; default: no replay. A subscription with a bookmark goes on from where it
         * stood after each lost connection, without a gap and without a duplicate; one without is entered anew, and misses
         * what was published meanwhile.
         *
         * <p>{@link Bookmark#MOST_RECENT} goes on from what an earlier subscription under the same id acknowledged. Every
         * other bookmark starts over: what was known of the id is forgotten.
         *
         * <p>After {@link Bookmark#NOW} a subscription that has received nothing goes on, after a reconnect, from the position that the broker's answer
         * named; if it named none, from NOW again, with a gap.
         */
        public Builder bookmark(Bookmark value) {
            bookmark = requireNonNull(value);
            return this;
        }

        /**
         * Asks for an ack beside {@code processed}, and says who gets it, on the connection's thread; default none. They are asked for again each
         * time the subscription is entered again, so that a {@code completed} may come once for each session.
         */
        public Builder furtherAcks(Set<AckType> types, Consumer<Ack> handler) {
            furtherAcks.addAll(types);
            furtherAcks.remove(AckType.PROCESSED);
            ackHandler = requireNonNull(handler);
            return this;
        }

        /** Sets on which thread the handler runs; default {@link Delivery#LANE}. */
        public Builder delivery(Delivery value) {
            delivery = requireNonNull(value);
            return this;
        }

        /** Sets what a full lane does; default {@link OverflowPolicy#PAUSE}. */
        public Builder overflow(OverflowPolicy value) {
            overflow = requireNonNull(value);
            return this;
        }

        /** Sets when a message counts as done with; default {@link Acknowledgement#AUTO}. Only for subscriptions with a bookmark. */
        public Builder acknowledge(Acknowledgement value) {
            acknowledgement = requireNonNull(value);
            return this;
        }

        /** The request. */
        public SubscribeRequest build() {
            return new SubscribeRequest(this);
        }
    }
}
