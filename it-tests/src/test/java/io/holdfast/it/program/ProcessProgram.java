package io.holdfast.it.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process; started again it is another process with the same log. Its standard input stays open. */
public final class ProcessProgram implements Program {

    private final ProcessBuilder program;
    private final Path log;

    /** Written by the test's thread, read also by one that watches the program. */
    private volatile Process process;

    private ProcessProgram(ProcessBuilder program, Path log, Process process) {
        this.program = program;
        this.log = log;
        this.process = process;
    }

    /** Starts it; its log is a file in this folder, which is left to the caller. */
    public static ProcessProgram start(ProcessBuilder program, Path folder) {
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
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void unpause() {
        signal("CONT");
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

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader said = kill.inputReader(StandardCharsets.UTF_8)) {
                String complaint = said.readLine();
                if (kill.waitFor() != 0) {
                    throw new IllegalStateException("kill -" + name + ": " + complaint);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program was sent a signal", e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program ended", e);
        }
    }
}
