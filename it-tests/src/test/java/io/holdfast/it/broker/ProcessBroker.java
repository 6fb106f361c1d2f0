package io.holdfast.it.broker;

import io.holdfast.testkit.fs.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The broker in a process of its own, from the jar that also goes into the image; started again it is another process. */
final class ProcessBroker implements RestartableBroker {

    private final ProcessBuilder program;
    private final TemporaryFolder folder;
    private final int port;
    private final int adminPort;

    /** Written by the test's thread, read also by one that watches the broker. */
    private volatile Process process;

    private ProcessBroker(ProcessBuilder program, TemporaryFolder folder, int port, int adminPort) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.adminPort = adminPort;
        this.process = program.start();
    }

    static ProcessBroker start(BrokerSettings settings, int port) {
        try {
            TemporaryFolder folder = TemporaryFolder.create("holdfast-broker");
            Path users = Files.writeString(folder.path().resolve("users"), settings.users());
            int adminPort = FreePort.next();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    Brokers.jar().toString(),
                    "--bind=127.0.0.1",
                    "--port=" + port,
                    "--admin-port=" + adminPort));
            command.addAll(settings.flags(
                    users.toString(), folder.path().resolve("data").toString()));
            ProcessBuilder program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.path().resolve("log").toFile()));
            ProcessBroker broker = new ProcessBroker(program, folder, port, adminPort);
            broker.awaitReady(1);
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(int times) {
        try {
            Readiness.await(this::log, times, process::isAlive);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String uri() {
        return "tcp://127.0.0.1:" + port + "/amps/json";
    }

    @Override
    public URI admin() {
        return URI.create("http://127.0.0.1:" + adminPort);
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
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void startAgain() {
        int before = Readiness.count(log());
        try {
            process = program.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady(before + 1);
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
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker's process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker ended", e);
        }
    }

    @Override
    public String log() {
        try {
            return Files.readString(folder.path().resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        folder.close();
    }
}
