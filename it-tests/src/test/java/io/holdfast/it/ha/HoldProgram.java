package io.holdfast.it.ha;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.it.program.Built;
import io.holdfast.it.program.ContainerProgram;
import io.holdfast.it.program.Images;
import io.holdfast.it.program.ProcessProgram;
import io.holdfast.it.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;

/** The program {@code holdfast hold}, and what it tells of itself: its lines of JSON. */
final class HoldProgram<P extends Program> implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CONNECTED = Set.of("PROBATION", "STABLE");
    private static final int LAST = 4_000;
    private static final String CONFIGURATION = "/tmp/hold.properties";

    private final P program;

    private HoldProgram(P program) {
        this.program = program;
    }

    /** In a process that keeps everything in this folder. */
    static HoldProgram<ProcessProgram> inProcess(Path folder, String configuration, String... arguments)
            throws IOException {
        Path file = Files.writeString(folder.resolve("hold.properties"), configuration);
        ProcessBuilder process =
                new ProcessBuilder(Built.java(Built.commandLine(), command(file.toString(), arguments)));
        process.environment().put("HOLDFAST_STATE_DIR", folder.resolve("state").toString());
        return new HoldProgram<>(ProcessProgram.start(process, folder));
    }

    /** In a container on this network. */
    static HoldProgram<ContainerProgram> inContainer(Network network, String configuration, String... arguments) {
        return new HoldProgram<>(ContainerProgram.start(new GenericContainer<>(Images.COMMAND_LINE)
                .withNetwork(network)
                .withCopyToContainer(Transferable.of(configuration, 0644), CONFIGURATION)
                // where a server is may change while it is cut off
                .withEnv("JAVA_TOOL_OPTIONS", "-Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0")
                .withCommand(command(CONFIGURATION, arguments).toArray(String[]::new))));
    }

    private static List<String> command(String configuration, String... arguments) {
        List<String> command = new ArrayList<>(List.of("hold", "--config", configuration));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The process or container it runs in. */
    P program() {
        return program;
    }

    /** What it told so far, in all its runs; a line that was cut by its death is left out. */
    List<JsonNode> told() {
        return program.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(HoldProgram::parse)
                .filter(JsonNode::isObject)
                .toList();
    }

    /** How many lines it told so far: a mark to wait from. */
    int mark() {
        return told().size();
    }

    /** Waits for a line after the mark. */
    JsonNode await(int mark, Predicate<JsonNode> wanted, String what) throws InterruptedException {
        Waiting.until(() -> !after(mark, wanted).isEmpty(), Traffic.PATIENCE, () -> what + ";\n" + lastTold());
        return after(mark, wanted).get(0);
    }

    /** Waits for the end of its connection, after the mark. */
    JsonNode awaitLoss(int mark) throws InterruptedException {
        return await(
                mark,
                line -> isTransition(line, "BACKOFF")
                        && CONNECTED.contains(line.get("from").asText()),
                "it lost nothing");
    }

    /** Waits until it is connected again, after the mark. */
    JsonNode awaitConnected(int mark) throws InterruptedException {
        return await(mark, line -> isTransition(line, "PROBATION"), "it is not connected");
    }

    /** The highest of a count that it told after the mark; 0 if it told none. */
    long most(int mark, String count) {
        return told().stream()
                .skip(mark)
                .mapToLong(line -> line.path(count).asLong())
                .max()
                .orElse(0);
    }

    /** Asks it to end, and returns its last line. */
    JsonNode end() throws InterruptedException {
        int mark = mark();
        program.stop();
        return await(mark, line -> line.get("event").asText().equals("summary"), "it ended without a summary");
    }

    private String lastTold() {
        String log = program.log();
        return log.substring(Math.max(0, log.length() - LAST));
    }

    @Override
    public void close() {
        program.close();
    }

    private List<JsonNode> after(int mark, Predicate<JsonNode> wanted) {
        return told().stream().skip(mark).filter(wanted).toList();
    }

    private static boolean isTransition(JsonNode line, String state) {
        return line.get("event").asText().equals("transition")
                && line.get("state").asText().equals(state);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException cut) {
            return JSON.missingNode();
        }
    }
}
