package io.holdfast.it.name;

import io.holdfast.it.program.Built;
import io.holdfast.it.program.ProcessProgram;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A folder of this machine, where there is no engine. */
final class FolderVolume implements StateVolume {

    private final TemporaryFolder folder;
    private final Path root;

    private FolderVolume(TemporaryFolder folder) {
        this.folder = folder;
        this.root = folder.path();
    }

    static FolderVolume create() {
        return new FolderVolume(TemporaryFolder.create("holdfast-it"));
    }

    @Override
    public NameProgram start() {
        ProcessBuilder program = new ProcessBuilder(Built.java(Built.commandLine(), List.of("name", "--hold")));
        program.environment().put("HOLDFAST_APP", "orders");
        program.environment().put("HOLDFAST_STATE_DIR", root.resolve("state").toString());
        return new NameProgram(ProcessProgram.start(program, root));
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
        folder.close();
    }
}
