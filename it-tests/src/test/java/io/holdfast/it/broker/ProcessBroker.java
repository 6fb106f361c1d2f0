package io.holdfast.it.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The broker in a process of its own, from the jar that also goes into the image. */
final class ProcessBroker implements BrokerUnderTest {

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final Path log;
    private final int port;
    private final int adminPort;

    private ProcessBroker(Process process, Path folder, Path log, int port, int adminPort) {
        this.process = process;
        this.folder = folder;
        this.log = log;
        this.port = port;
        this.adminPort = adminPort;
    }

    static ProcessBroker start(BrokerSettings settings) {
        try {
            Path folder = Files.createTempDirectory("holdfast-broker");
            Path users = Files.writeString(folder.resolve("users"), settings.users());
            Path log = folder.resolve("log");
            int port = FreePort.next();
            int adminPort = FreePort.next();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    Brokers.jar().toString(),
                    "--bind=127.0.0.1",
                    "--port=" + port,
                    "--admin-port=" + adminPort));
            command.addAll(settings.flags(users.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ProcessBroker broker = new ProcessBroker(process, folder, log, port, adminPort);
            broker.awaitReady();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (!log().contains("holdfast-broker ready")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String said = log();
                close();
                throw new IllegalStateException("the broker did not get ready:\n" + said);
            }
            pauseBriefly();
        }
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
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

    @Override
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker's process " + process.pid() + " does not end");
            }
            for (String file : List.of("users", "log")) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
