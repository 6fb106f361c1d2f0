package io.holdfast.broker.internal.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.holdfast.broker.internal.session.LogonIdentity;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.StatusEvents;
import io.holdfast.broker.internal.topic.MessageRouter;
import io.holdfast.broker.internal.topic.ReservedTopics;
import io.holdfast.broker.internal.transport.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Publishes status events in the total order of everything else, in the documented shape: all fields, {@code null} where they mean
 * nothing. Confined to the broker's thread; never called within a delivery.
 */
public final class ClientStatusPublisher implements StatusEvents {

    private final MessageRouter router;
    private final InstantSource clock;
    private final JsonFactory json = new JsonFactory();

    /** A publisher into this router. */
    public ClientStatusPublisher(MessageRouter router, InstantSource clock) {
        this.router = router;
        this.clock = clock;
    }

    @Override
    public void session(Kind kind, Session session, @Nullable String reason) {
        publish(kind, session, new Details(reason, null, null, null));
    }

    @Override
    public void subscription(Kind kind, Session session, String subId, String topic, @Nullable String options) {
        publish(kind, session, new Details(null, subId, topic, options));
    }

    private void publish(Kind kind, Session session, Details details) {
        if (router.isWanted(ReservedTopics.CLIENT_STATUS)) {
            byte[] body = write(kind, session, details);
            router.deliver(ReservedTopics.CLIENT_STATUS, new Body(body, 0, body.length), null, null);
        }
    }

    private byte[] write(Kind kind, Session session, Details details) {
        LogonIdentity who = session.identity();
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator event = json.createGenerator(out)) {
            event.writeStartObject();
            event.writeObjectFieldStart("ClientStatus");
            event.writeStringField("timestamp", MessageRouter.TIMESTAMP.format(clock.instant()));
            event.writeStringField("event", kind.word());
            event.writeStringField("client_name", who == null ? null : who.clientName());
            event.writeStringField("connection_name", session.connectionName());
            event.writeStringField("client_address", session.remoteAddress());
            event.writeStringField("correlation_id", who == null ? null : who.correlationId());
            event.writeNullField("query_id");
            event.writeStringField("topic", details.topic());
            event.writeNullField("filter");
            event.writeStringField("options", details.options());
            event.writeStringField("sub_id", details.subId());
            event.writeStringField("auth_id", who == null ? null : who.authenticatedId());
            event.writeNullField("entitlement_filter");
            if (details.reason() != null) {
                event.writeStringField("reason", details.reason());
            }
            event.writeEndObject();
            event.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private record Details(
            @Nullable String reason,
            @Nullable String subId,
            @Nullable String topic,
            @Nullable String options) {}
}
