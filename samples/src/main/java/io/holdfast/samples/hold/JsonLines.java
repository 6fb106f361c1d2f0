package io.holdfast.samples.hold;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes JSON objects, a line each, whole and at once. Thread-safe. */
final class JsonLines implements Consumer<ObjectNode> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream out;
    private final Consumer<IOException> onBroken;

    /**
     * Lines to {@code out}.
     *
     * @param onBroken told when a line cannot be written: nobody reads any more
     */
    JsonLines(OutputStream out, Consumer<IOException> onBroken) {
        this.out = out;
        this.onBroken = onBroken;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    @Override
    public synchronized void accept(ObjectNode line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            onBroken.accept(e);
        }
    }
}
