package io.holdfast.it.broker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.holdfast.it.program.ContainerProgram;
import io.holdfast.it.program.Images;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * The broker in a container, from the Dockerfile that the project ships. Started again it is the same container, with its files and, if
 * it was started to be restarted, on the same port of this machine.
 */
public final class ContainerBroker implements RestartableBroker {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int CLIENTS = 9007;
    private static final int ADMIN = 8085;
    private static final String USERS = "/tmp/users";
    private static final String DATA = "/tmp/data";

    private final ContainerProgram program;
    private final String host;
    private final int port;
    private final int adminPort;

    private ContainerBroker(ContainerProgram program, String host, int port, int adminPort) {
        this.program = program;
        this.host = host;
        this.port = port;
        this.adminPort = adminPort;
    }

    /** One on any ports. */
    static ContainerBroker start(BrokerSettings settings) {
        GenericContainer<?> container = container(settings);
        ContainerProgram program = ContainerProgram.start(container);
        return new ContainerBroker(
                program, container.getHost(), container.getMappedPort(CLIENTS), container.getMappedPort(ADMIN));
    }

    /** One whose ports stay the same. */
    static ContainerBroker startRestartable(BrokerSettings settings) {
        return startOnFixedPorts(container(settings));
    }

    /** One whose ports stay the same, and which other containers on the network find by this name. */
    public static ContainerBroker startRestartable(BrokerSettings settings, Network network, String alias) {
        return startOnFixedPorts(container(settings)
                .withNetwork(network)
                .withNetworkAliases(alias)
                // a name that is not there yet, or has moved, is asked for again
                .withEnv("JAVA_TOOL_OPTIONS", "-Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0"));
    }

    /** Where a broker of this name is for containers on its network. */
    public static String uriWithin(String alias) {
        return addressWithin(alias) + "/amps/json";
    }

    static String addressWithin(String alias) {
        return "tcp://" + alias + ":" + CLIENTS;
    }

    private static ContainerBroker startOnFixedPorts(GenericContainer<?> container) {
        int port = FreePort.next();
        int adminPort = FreePort.next();
        ContainerProgram.publish(container, List.of(binding(port, CLIENTS), binding(adminPort, ADMIN)));
        return new ContainerBroker(ContainerProgram.start(container), LOOPBACK, port, adminPort);
    }

    private static PortBinding binding(int here, int there) {
        return new PortBinding(Ports.Binding.bindIpAndPort(LOOPBACK, here), ExposedPort.tcp(there));
    }

    private static GenericContainer<?> container(BrokerSettings settings) {
        List<String> flags = new ArrayList<>(settings.flags(USERS, DATA));
        flags.addAll(List.of("--port=" + CLIENTS, "--admin-port=" + ADMIN));
        GenericContainer<?> container = new GenericContainer<>(Images.BROKER)
                .withCommand(flags.toArray(String[]::new))
                .withExposedPorts(CLIENTS, ADMIN)
                .waitingFor(Wait.forLogMessage(".*holdfast-broker ready.*\\n", 1)
                        .withStartupTimeout(Duration.ofSeconds(60)));
        if (!settings.users().isEmpty()) {
            container.withCopyToContainer(Transferable.of(settings.users(), 0644), USERS);
        }
        return container;
    }

    /** The container itself. */
    public ContainerProgram program() {
        return program;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String uri() {
        return "tcp://" + host + ":" + port + "/amps/json";
    }

    @Override
    public URI admin() {
        return URI.create("http://" + host + ":" + adminPort);
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
        Readiness.startAgain(program);
    }

    @Override
    public String log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }
}
