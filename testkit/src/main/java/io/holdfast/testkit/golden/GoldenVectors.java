package io.holdfast.testkit.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** All golden vectors, in the order of the index file. Thread-safe. */
public final class GoldenVectors {

    private GoldenVectors() {}

    /** Every vector. */
    public static List<GoldenVector> all() {
        return names().stream().map(GoldenVectors::load).toList();
    }

    /** The names listed in {@code golden/index}. */
    static List<String> names() {
        return read("index")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static GoldenVector load(String name) {
        return VectorFile.parse(name, read(name + ".vec"));
    }

    private static String read(String file) {
        try (InputStream in = GoldenVectors.class.getResourceAsStream("/golden/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no resource golden/" + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("golden/" + file, e);
        }
    }
}
