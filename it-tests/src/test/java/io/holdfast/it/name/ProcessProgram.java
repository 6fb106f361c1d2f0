package io.holdfast.it.name;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process; started again it is another process with the same log. Its standard input stays open. */
final class ProcessProgram implements NameProgram {

    private final ProcessBuilder program;
    private final Path log;
    private Process process;

    private ProcessProgram(ProcessBuilder program, Path log, Process process) {
        this.program = program;
        this.log = log;
        this.process = process;
    }

    static ProcessProgram start(ProcessBuilder program, Path folder) {
        try {
            Path log = Files.createTempFile(folder, "program", ".log");
            program.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new ProcessProgram(program, log, program.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void startAgain() {
        try {
            process = program.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
