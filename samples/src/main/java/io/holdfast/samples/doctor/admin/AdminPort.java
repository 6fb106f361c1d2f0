package io.holdfast.samples.doctor.admin;

import io.holdfast.samples.cli.ErrorReport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks admin ports for the holders of a name: all at once, each with the same deadline, on the calling thread. */
public final class AdminPort {

    /** Larger than the page of 50,000 clients. */
    private static final int MOST_BYTES = 32 << 20;

    private static final String PAGE = "/amps/instance/clients";

    private final Duration deadline;

    /** Asks with this deadline, from the connect to the last byte. */
    public AdminPort(Duration deadline) {
        this.deadline = deadline;
    }

    /**
     * Checks what a user typed.
     *
     * @throws IllegalArgumentException if it is no {@code http://host:port}
     */
    public static URI checked(String url) {
        URI uri = URI.create(url);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
            throw new IllegalArgumentException("an admin URL is written as http://host:port");
        }
        return uri;
    }

    /** Who holds the name there. A port that does not answer is in the failures; the others are told all the same. */
    public Holdings holders(List<URI> ports, String name) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(deadline)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        Map<URI, CompletableFuture<HttpResponse<byte[]>>> asked = new LinkedHashMap<>();
        for (URI port : ports) {
            asked.computeIfAbsent(
                    port, each -> http.sendAsync(request(each, name), info -> new BoundedBody(MOST_BYTES)));
        }
        long end = System.nanoTime() + deadline.toNanos();
        List<Holding> holdings = new ArrayList<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (Map.Entry<URI, CompletableFuture<HttpResponse<byte[]>>> each : asked.entrySet()) {
            String instance = each.getKey().toString();
            try {
                holdings.addAll(answer(instance, each.getValue(), end, name));
            } catch (IOException e) {
                failures.put(instance, String.valueOf(e.getMessage()));
            }
        }
        return new Holdings(name, holdings, failures);
    }

    private List<Holding> answer(String instance, CompletableFuture<HttpResponse<byte[]>> asked, long end, String name)
            throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response = asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("it answered with status " + response.statusCode());
            }
            return AdminPage.holdings(instance, response.body(), name);
        } catch (ExecutionException e) {
            Throwable cause = ErrorReport.unwrap(e);
            throw new IOException(
                    cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException("no answer within " + deadline.toMillis() + " ms", e);
        }
    }

    private HttpRequest request(URI port, String name) {
        String path = port.getRawPath() == null ? "" : port.getRawPath();
        String base = path.endsWith(PAGE) ? path : path.replaceAll("/+$", "") + PAGE;
        URI page = URI.create(port.getScheme() + "://" + port.getRawAuthority() + base + "?name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        return HttpRequest.newBuilder(page)
                .timeout(deadline)
                .header("Accept", "application/json")
                .build();
    }
}
