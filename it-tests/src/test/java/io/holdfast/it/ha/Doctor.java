package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.it.broker.Engine;
import io.holdfast.it.program.Built;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** The program {@code holdfast doctor --json} over what other programs logged, each time in a process of its own. */
final class Doctor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String name;
    private int asked;

    /** One that keeps logs and answers in this folder, and looks for this client name. */
    Doctor(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** What it says of these logs, once its exit code is the one expected. */
    JsonNode over(int exit, String... logs) throws Exception {
        asked++;
        // what runs in a container has its clock in UTC
        String zone = (Engine.isThere() ? ZoneId.of("UTC") : ZoneId.systemDefault()).getId();
        List<String> arguments = new ArrayList<>(List.of("doctor", "--json", "--name", name, "--zone", zone));
        for (int i = 0; i < logs.length; i++) {
            arguments.add(Files.writeString(folder.resolve("asked-" + asked + "-" + i + ".log"), logs[i])
                    .toString());
        }
        Path answer = folder.resolve("doctor-" + asked + ".json");
        Path complaint = folder.resolve("doctor-" + asked + ".err");
        Process doctor = new ProcessBuilder(Built.java(Built.commandLine(), arguments))
                .redirectOutput(answer.toFile())
                .redirectError(complaint.toFile())
                .start();
        assertThat(doctor.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(doctor.exitValue())
                .as("exit code; %s%s over\n%s", Files.readString(answer), Files.readString(complaint), List.of(logs))
                .isEqualTo(exit);
        JsonNode document = JSON.readTree(answer.toFile());
        assertThat(document.path("complete").asBoolean()).isTrue();
        assertThat(document.path("collision").asBoolean()).isEqualTo(exit == 2);
        return document;
    }

    /** The one collision that it finds in these logs. */
    JsonNode collision(String... logs) throws Exception {
        JsonNode findings = over(2, logs).path("findings");
        assertThat(findings).as("%s", findings).hasSize(1);
        assertThat(findings.at("/0/client_name").asText()).isEqualTo(name);
        assertThat(findings.at("/0/remedy")).isNotEmpty();
        return findings.get(0);
    }

    /** Who took part by a finding, each as {@code host pid}; {@code null} for what is not known. */
    static List<String> processes(JsonNode finding) {
        return StreamSupport.stream(finding.path("participants").spliterator(), false)
                .map(each -> each.path("host").asText() + " " + each.path("pid").asText())
                .toList();
    }
}
