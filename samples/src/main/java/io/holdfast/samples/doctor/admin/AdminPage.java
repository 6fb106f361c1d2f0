package io.holdfast.samples.doctor.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.samples.doctor.evidence.Party;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"clients":[{"client_name":...},...]}}; a page of all clients as well as one that was asked for a name. */
final class AdminPage {

    /** A page is flat; one that nests deeply is no page of ours. */
    private static final int MOST_DEPTH = 16;

    private static final int MOST_HOLDINGS = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build());

    private AdminPage() {}

    /** Those on the page that hold the name. */
    static List<Holding> holdings(String instance, byte[] page, String name) throws IOException {
        JsonNode clients = JSON.readTree(page).path("clients");
        if (!clients.isArray()) {
            throw new IOException("the answer is no page of clients");
        }
        List<Holding> found = new ArrayList<>();
        for (JsonNode client : clients) {
            if (name.equals(text(client, "client_name")) && found.size() < MOST_HOLDINGS) {
                found.add(new Holding(
                        instance,
                        plain(text(client, "connection_name")),
                        since(client),
                        Party.of(text(client, "correlation_id"), text(client, "remote_address")),
                        text(client, "auth_id")));
            }
        }
        return found;
    }

    /** The logon took the name; not every page tells of it. */
    private static String since(JsonNode client) {
        String logon = text(client, "logon_time");
        return logon == null ? plain(text(client, "connect_time")) : logon;
    }

    private static @Nullable String text(JsonNode client, String field) {
        JsonNode value = client.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text;
    }
}
