package io.holdfast.ha.sim;

import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import org.jspecify.annotations.Nullable;

/** The event topic {@code /AMPS/ClientStatus} of a broker: who comes and goes, for live subscriptions only. */
final class ClientStatus {

    static final Topic TOPIC = Topic.of("/AMPS/ClientStatus");

    private final SimBroker broker;

    ClientStatus(SimBroker broker) {
        this.broker = broker;
    }

    /** Tells an event of a session that has named itself; {@code reason} only on a disconnect. */
    void tell(String event, BrokerSession of, @Nullable String reason) {
        String text = "{\"ClientStatus\":{\"event\":\"" + event + "\",\"client_name\":\"" + of.clientName()
                + "\",\"correlation_id\":" + quoted(of.correlationId())
                + ",\"client_address\":\"" + of.address() + "\""
                + (reason == null ? "" : ",\"reason\":\"" + reason + "\"") + "}}";
        broker.sessions().forEach(session -> session.tell(TOPIC, Payload.utf8(text)));
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "null" : '"' + value + '"';
    }
}
