package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.transport.Body;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.HeaderWriter;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message into the outbound of every connection that wants it, once. The order of calls is the total order: the broker's one
 * thread calls, and nothing called from here can call back into the broker.
 */
public final class MessageRouter {

    /** The documented form of a timestamp, UTC. */
    public static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuuMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SubscriptionTable table;
    private final HeaderWriter writer;
    private final InstantSource clock;

    /** A router over this table. */
    public MessageRouter(SubscriptionTable table, HeaderWriter writer, InstantSource clock) {
        this.table = table;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Delivers a message.
     *
     * @param correlationId the publisher's token, passed on
     * @param bookmark the message's place in the log, passed on to subscriptions that asked for it
     */
    public void deliver(String topic, Body body, @Nullable String correlationId, @Nullable String bookmark) {
        try (body) {
            String timestamp = null;
            for (Route route : table.routes(topic)) {
                boolean marked = route.bookmarks() && bookmark != null;
                if (correlationId == null && !marked && !route.timestamps()) {
                    route.session().out().send(route.plainHeader(), body);
                    continue;
                }
                Header.Builder header = route.header().set(Field.CORRELATION_ID, correlationId);
                if (marked) {
                    header.set(Field.BOOKMARK, bookmark);
                }
                if (route.timestamps()) {
                    timestamp = timestamp == null ? TIMESTAMP.format(clock.instant()) : timestamp;
                    header.set(Field.TIMESTAMP, timestamp);
                }
                route.session().out().send(writer.write(header.build()), body);
            }
        }
    }

    /** Whether anybody wants this topic. */
    public boolean isWanted(String topic) {
        return !table.routes(topic).isEmpty();
    }
}
