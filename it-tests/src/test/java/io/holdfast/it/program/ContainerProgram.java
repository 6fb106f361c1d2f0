package io.holdfast.it.program;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/** A container that can be started again, as an orchestrator does it, or {@code docker restart}; its files outlive its runs. */
public final class ContainerProgram implements Program {

    private final GenericContainer<?> container;

    private ContainerProgram(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts it, and waits for what the container says that it waits for; a program that has ended by then is no error. */
    public static ContainerProgram start(GenericContainer<?> container) {
        container.withStartupCheckStrategy(new Started());
        container.start();
        return new ContainerProgram(container);
    }

    /** Gives a container ports of this machine's loopback interface that stay the same when it is started again. */
    public static void publish(GenericContainer<?> container, List<PortBinding> ports) {
        container.withCreateContainerCmdModifier(create -> {
            HostConfig host = create.getHostConfig() == null ? HostConfig.newHostConfig() : create.getHostConfig();
            create.withHostConfig(host.withPortBindings(ports));
        });
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public boolean isRunning() {
        return Boolean.TRUE.equals(
                engine().inspectContainerCmd(id()).exec().getState().getRunning());
    }

    @Override
    public void pause() {
        engine().pauseContainerCmd(id()).exec();
    }

    @Override
    public void unpause() {
        engine().unpauseContainerCmd(id()).exec();
    }

    @Override
    public void stop() {
        engine().stopContainerCmd(id()).withTimeout((int) PATIENCE.toSeconds()).exec();
        awaitEnd();
    }

    @Override
    public void kill() {
        engine().killContainerCmd(id()).exec();
        awaitEnd();
    }

    @Override
    public void startAgain() {
        engine().startContainerCmd(id()).exec();
    }

    /** Takes it off a network: what it sends there, and what others send it, gets nowhere. */
    public void leave(Network network) {
        engine().disconnectFromNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id())
                .exec();
    }

    /** Puts it on a network, where others find it by this name. */
    public void join(Network network, String alias) {
        engine().connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id())
                .withContainerNetwork(new ContainerNetwork().withAliases(alias))
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private void awaitEnd() {
        engine().waitContainerCmd(id())
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private DockerClient engine() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }

    /** A program that refused to go on has ended already, and that may be what a test wants to see. */
    private static final class Started extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient engine, String id) {
            ContainerState state = engine.inspectContainerCmd(id).exec().getState();
            return "created".equals(state.getStatus()) ? StartupStatus.NOT_YET_KNOWN : StartupStatus.SUCCESSFUL;
        }
    }
}
