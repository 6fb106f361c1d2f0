package io.holdfast.samples.fake;

import io.holdfast.client.connect.Connector;
import io.holdfast.samples.HoldfastCli;
import io.holdfast.samples.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A process as a command sees it, with streams that a test can fill and read. */
public final class TestProcess {

    /** The environment variables. */
    public final Map<String, String> environment = new HashMap<>();
    /** Completed to signal the process. */
    public final CompletableFuture<Void> stop = new CompletableFuture<>();

    private final Supplier<Connector> connectors;
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final WatchedOutput errBytes = new WatchedOutput();
    private OutputStream out = outBytes;
    private InputStream in = new ByteArrayInputStream(new byte[0]);

    /** A process whose clients use this connector. */
    public TestProcess(Connector connector) {
        this(() -> connector);
    }

    /** A process whose clients get a new connector each. */
    public TestProcess(Supplier<Connector> connectors) {
        this.connectors = connectors;
    }

    /** Gives this text to stdin. */
    public TestProcess in(String text) {
        return in(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Gives this stream to stdin. */
    public TestProcess in(InputStream stream) {
        in = stream;
        return this;
    }

    /** Sends stdout elsewhere. */
    public TestProcess out(OutputStream stream) {
        out = stream;
        return this;
    }

    /** Runs a command line of words separated by blanks, and returns the exit code. */
    public int run(String commandLine) {
        PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        return HoldfastCli.run(new Surroundings(in, out, err, environment, connectors, stop), commandLine.split(" "));
    }

    /** The text on stdout so far. */
    public String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    /** The text on stderr so far. */
    public String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    /** Waits until stderr holds this text. */
    public void awaitErr(String text) throws InterruptedException {
        errBytes.await(text);
    }

    /** The lines on stderr so far. */
    public List<String> errLines() {
        return err().lines().toList();
    }
}
