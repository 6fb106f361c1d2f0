package io.holdfast.samples.demo.collision;

import io.holdfast.client.spi.Clock;
import io.holdfast.samples.HoldfastCli;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.demo.collision.Sighting.What;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One copy: a process that runs {@code hold}, with the Java and the classes of this one. What it writes is read by two threads
 * of its own, which end with it.
 */
final class ChildProgram implements AutoCloseable {

    private static final int KEPT_LINES = 5;
    private static final int SIGINT = 130;
    private static final int SIGTERM = 143;
    private static final long SECONDS_TO_END = 3;

    private final Copy copy;
    private final Sightings sightings;
    private final Clock clock;
    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile boolean mayEnd;

    private ChildProgram(Copy copy, Sightings sightings, Clock clock, Process process) {
        this.copy = copy;
        this.sightings = sightings;
        this.clock = clock;
        this.process = process;
    }

    /** Starts it; nothing is left if that fails. */
    static ChildProgram start(Copy copy, Path config, Sightings sightings, Clock clock) {
        ProcessBuilder builder = new ProcessBuilder(command(config));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("HOLDFAST_"));
        environment.put("HOLDFAST_LOG", "info");
        try {
            ChildProgram child = new ChildProgram(copy, sightings, clock, builder.start());
            child.read();
            return child;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNEXPECTED, "cannot start a second process: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Path config) {
        String java = ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1", // a few short seconds: starting fast counts for more than running fast
                "-Xmx128m",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                HoldfastCli.class.getName(),
                "hold",
                "--config",
                config.toString());
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() throws IOException {
        process.getOutputStream().close();
        lines(
                "out",
                process.inputReader(StandardCharsets.UTF_8),
                line -> ChildLines.transition(copy, line).ifPresent(sightings::add));
        lines("log", process.errorReader(), line -> {
            keep(line);
            ChildLines.log(copy, line, clock.instant().atZone(ZoneId.systemDefault()))
                    .ifPresent(sightings::add);
        });
        var unused = process.onExit().thenRun(this::ended);
    }

    private void lines(String what, BufferedReader reader, Consumer<String> each) {
        Thread thread = new Thread(
                () -> {
                    try (reader) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            each.accept(line);
                        }
                    } catch (IOException e) {
                        // The process was ended, and its pipes with it; an end that nobody asked for is told by
                        // ended().
                        keep(e.toString());
                    }
                },
                "holdfast-demo-" + copy + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == KEPT_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }

    private void ended() {
        if (mayEnd) {
            return;
        }
        if (process.exitValue() == SIGINT || process.exitValue() == SIGTERM) {
            // A terminal sends its signal to all that run in it, and a copy may be done with it before this process.
            sightings.fail(new CommandFailure(ExitCode.INTERRUPTED, "stopped by a signal"));
            return;
        }
        synchronized (lastLines) {
            sightings.fail(new CommandFailure(
                    ExitCode.UNEXPECTED,
                    "copy " + copy + " ended by itself with code " + process.exitValue() + "; its last lines: "
                            + String.join(" | ", lastLines)));
        }
    }

    /** Which process it is. */
    long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} would. */
    void kill() {
        mayEnd = true;
        sightings.add(new Sighting(clock.instant(), copy, What.KILLED, ""));
        process.destroyForcibly();
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() {
        mayEnd = true;
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
