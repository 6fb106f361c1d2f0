package io.holdfast.broker.internal.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.broker.ClientInfo;
import java.util.List;

/** The page of clients: {@code {"clients":[{...}]}}, oldest first, {@code null} where a client told nothing. */
final class ClientsPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ClientsPage() {}

    static String of(List<ClientInfo> clients) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode list = page.putArray("clients");
        for (ClientInfo client : clients) {
            list.addObject()
                    .put("client_name", client.clientName())
                    .put("connection_name", client.connectionName())
                    .put("remote_address", client.remoteAddress())
                    .put("connect_time", client.connectTime().toString())
                    .put("logon_time", client.logonTime().toString())
                    .put("user_id", client.userId())
                    .put("correlation_id", client.correlationId())
                    .put("auth_id", client.authenticatedId());
        }
        return page.toString();
    }
}
