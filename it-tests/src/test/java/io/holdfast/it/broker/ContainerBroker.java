package io.holdfast.it.broker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/** The broker in a container, from the Dockerfile that the project ships. */
final class ContainerBroker implements BrokerUnderTest {

    private static final int CLIENTS = 9007;
    private static final int ADMIN = 8085;
    private static final String USERS = "/tmp/users";
    private static final String DATA = "/tmp/data";

    private static final ImageFromDockerfile IMAGE = image();

    private final GenericContainer<?> container;

    private ContainerBroker(GenericContainer<?> container) {
        this.container = container;
    }

    static ContainerBroker start(BrokerSettings settings) {
        List<String> flags = new ArrayList<>(settings.flags(USERS, DATA));
        flags.addAll(List.of("--port=" + CLIENTS, "--admin-port=" + ADMIN));
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withCommand(flags.toArray(String[]::new))
                .withExposedPorts(CLIENTS, ADMIN)
                .waitingFor(Wait.forLogMessage(".*holdfast-broker ready.*\\n", 1)
                        .withStartupTimeout(Duration.ofSeconds(60)));
        if (!settings.users().isEmpty()) {
            container.withCopyToContainer(Transferable.of(settings.users(), 0644), USERS);
        }
        container.start();
        return new ContainerBroker(container);
    }

    private static ImageFromDockerfile image() {
        Path module = Path.of("..", "reference-broker");
        ImageFromDockerfile image = new ImageFromDockerfile("holdfast/reference-broker", false)
                .withFileFromPath("Dockerfile", module.resolve("Dockerfile"))
                .withFileFromPath("holdfast-reference-broker.jar", Brokers.jar());
        String base = System.getenv("HOLDFAST_BASE_IMAGE");
        return base == null ? image : image.withBuildArg("BASE_IMAGE", base);
    }

    @Override
    public String uri() {
        return "tcp://" + container.getHost() + ":" + container.getMappedPort(CLIENTS) + "/amps/json";
    }

    @Override
    public URI admin() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(ADMIN));
    }

    @Override
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void unpause() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }
}
