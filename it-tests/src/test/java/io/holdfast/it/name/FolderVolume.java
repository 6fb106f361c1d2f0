package io.holdfast.it.name;

import io.holdfast.it.broker.Brokers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of this machine, where there is no engine. */
final class FolderVolume implements StateVolume {

    private final Path root;

    private FolderVolume(Path root) {
        this.root = root;
    }

    static FolderVolume create() {
        try {
            return new FolderVolume(Files.createTempDirectory("holdfast-it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public NameProgram start() {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Brokers.built("samples", "holdfast.jar").toString(),
                "name",
                "--hold");
        program.environment().put("HOLDFAST_APP", "orders");
        program.environment().put("HOLDFAST_STATE_DIR", root.resolve("state").toString());
        return ProcessProgram.start(program, root);
    }

    @Override
    public StateVolume copy() {
        FolderVolume copy = create();
        List<String> command = List.of("cp", "-a", root.resolve("state").toString(), copy.root.toString());
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return copy;
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
