package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.program.Built;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user runs it: a process, its streams, its exit code. */
class CommandLineIT {

    private static BrokerUnderTest broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        broker = Brokers.start(BrokerSettings.DEFAULTS);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void two_runs_of_publish_under_one_name_deliver_every_line_of_both() throws Exception {
        Process subscriber =
                holdfast("subscribe", "--name", "cli-reader", "--topic", "^cli$", "--count", "4", "--timeout", "60");
        try (BufferedReader errors = subscriber.errorReader(StandardCharsets.UTF_8);
                BufferedReader lines = subscriber.inputReader(StandardCharsets.UTF_8)) {
            assertThat(errors.readLine()).contains("subscribed");

            assertThat(publish("one\ntwo\n")).isZero();
            assertThat(publish("three\nfour\n")).isZero();

            List<String> received = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                received.add(line);
            }
            assertThat(received).containsExactly("one", "two", "three", "four");
            assertThat(subscriber.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscriber.exitValue()).isZero();
        } finally {
            subscriber.destroyForcibly();
        }
    }

    @Test
    void a_broker_that_is_not_there_gives_one_clear_line_and_its_own_exit_code() throws Exception {
        Process publisher =
                command("publish", "--server", "tcp://127.0.0.1:1/amps/json", "--name", "cli-lost", "--topic", "cli");
        try (BufferedReader errors = publisher.errorReader(StandardCharsets.UTF_8)) {
            List<String> said = errors.lines().toList();
            assertThat(publisher.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said).hasSize(1);
            assertThat(said.get(0)).contains("tcp://127.0.0.1:1").doesNotContain("Exception");
            assertThat(publisher.exitValue()).isEqualTo(3);
        } finally {
            publisher.destroyForcibly();
        }
    }

    private int publish(String lines) throws IOException, InterruptedException {
        Process publisher = holdfast("publish", "--name", "cli-writer", "--topic", "cli");
        try (Writer in = publisher.outputWriter(StandardCharsets.UTF_8)) {
            in.write(lines);
        }
        assertThat(publisher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return publisher.exitValue();
    }

    private Process holdfast(String verb, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(verb, "--server", broker.uri()));
        all.addAll(List.of(arguments));
        return command(all.toArray(String[]::new));
    }

    private Process command(String... arguments) throws IOException {
        List<String> all = Built.java(Built.commandLine(), List.of(arguments));
        return new ProcessBuilder(all).directory(folder.toFile()).start();
    }
}
