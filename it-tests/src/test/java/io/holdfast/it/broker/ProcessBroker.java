package io.holdfast.it.broker;

import io.holdfast.it.program.Built;
import io.holdfast.it.program.ProcessProgram;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The broker in a process of its own, from the jar that also goes into the image; started again it is another process. */
final class ProcessBroker implements RestartableBroker {

    private final ProcessProgram program;
    private final TemporaryFolder folder;
    private final int port;
    private final int adminPort;

    private ProcessBroker(ProcessProgram program, TemporaryFolder folder, int port, int adminPort) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.adminPort = adminPort;
    }

    static ProcessBroker start(BrokerSettings settings, int port) {
        try {
            TemporaryFolder folder = TemporaryFolder.create("holdfast-broker");
            Path users = Files.writeString(folder.path().resolve("users"), settings.users());
            int adminPort = FreePort.next();
            List<String> flags =
                    new ArrayList<>(List.of("--bind=127.0.0.1", "--port=" + port, "--admin-port=" + adminPort));
            flags.addAll(settings.flags(
                    users.toString(), folder.path().resolve("data").toString()));
            ProcessProgram program =
                    ProcessProgram.start(new ProcessBuilder(Built.java(Built.broker(), flags)), folder.path());
            ProcessBroker broker = new ProcessBroker(program, folder, port, adminPort);
            broker.awaitReady(() -> Readiness.await(program));
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Runnable ready) {
        try {
            ready.run();
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
        program.pause();
    }

    @Override
    public void unpause() {
        program.unpause();
    }

    @Override
    public void kill() {
        program.kill();
    }

    @Override
    public void stop() {
        program.stop();
    }

    @Override
    public void startAgain() {
        awaitReady(() -> Readiness.startAgain(program));
    }

    @Override
    public String log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
        folder.close();
    }
}
