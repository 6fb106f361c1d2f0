package io.holdfast.broker.internal.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.broker.BrokerStartException;
import io.holdfast.broker.ClientInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port: read-only pages over the JDK's HTTP server, on two threads with a bounded queue. */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final String CLIENTS = "/amps/instance/clients";
    private static final String NAME = "name=";
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Supplier<List<ClientInfo>> clients;

    private AdminServer(HttpServer server, ThreadPoolExecutor threads, Supplier<List<ClientInfo>> clients) {
        this.server = server;
        this.threads = threads;
        this.clients = clients;
    }

    /**
     * Starts serving.
     *
     * @param clients asked for each page, on a thread of the server
     * @throws BrokerStartException if the address cannot be had
     */
    public static AdminServer start(String bind, int port, String instance, Supplier<List<ClientInfo>> clients) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(bind, port), MAX_WAITING);
        } catch (IOException | IllegalArgumentException e) {
            throw new BrokerStartException(
                    BrokerStartException.Cause.CANNOT_BIND,
                    "cannot listen on admin port " + bind + ":" + port + ": " + e.getMessage(),
                    e);
        }
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread made =
                            new Thread(task, "holdfast-broker-" + instance + "-admin-" + number.incrementAndGet());
                    made.setDaemon(true);
                    return made;
                });
        AdminServer admin = new AdminServer(server, threads, clients);
        server.setExecutor(threads);
        server.createContext("/", admin::serve);
        server.start();
        return admin;
    }

    /** The port listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(CLIENTS)) {
                answer(exchange, 404, "{\"error\":\"no such page\"}");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                answer(exchange, 405, "{\"error\":\"read only\"}");
            } else {
                answer(
                        exchange,
                        200,
                        ClientsPage.of(asked(exchange.getRequestURI().getRawQuery())));
            }
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, "{\"error\":\"bad name\"}");
        } catch (IllegalStateException e) {
            LOG.warn("no answer for the admin page: {}", e.getMessage());
        }
    }

    /** All clients, or with {@code name=N} whoever holds that name now. */
    private List<ClientInfo> asked(@Nullable String query) {
        List<ClientInfo> all = clients.get();
        if (query == null || !query.startsWith(NAME)) {
            return all;
        }
        String name = URLDecoder.decode(query.substring(NAME.length()), StandardCharsets.UTF_8);
        return all.stream().filter(client -> client.clientName().equals(name)).toList();
    }

    private static void answer(HttpExchange exchange, int status, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
