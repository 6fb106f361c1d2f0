package io.holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reference broker in a process of its own, from this jar. */
final class BrokerProcess implements AutoCloseable {

    private static final Pattern CLIENT_URI = Pattern.compile("client=(\\S+)");

    private final Process process;
    private final String uri;

    private BrokerProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    static BrokerProcess start() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.holdfast.broker.BrokerMain",
                        "--port=0",
                        "--admin-port=-1"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        Matcher uri = CLIENT_URI.matcher(line == null ? "" : line);
        if (!uri.find()) {
            process.destroyForcibly();
            throw new IOException("the broker did not start, it said: " + line);
        }
        return new BrokerProcess(process, uri.group(1));
    }

    String uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
