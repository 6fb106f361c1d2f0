package io.holdfast.it.name;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/** A container that can be started again, as an orchestrator does it, or {@code docker restart}. */
final class ContainerProgram implements NameProgram {

    private static final int GRACE_SECONDS = 20;

    private final GenericContainer<?> container;

    private ContainerProgram(GenericContainer<?> container) {
        this.container = container;
    }

    static ContainerProgram start(GenericContainer<?> container) {
        container.withStartupCheckStrategy(new Started());
        container.start();
        return new ContainerProgram(container);
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public void stop() {
        engine().stopContainerCmd(id()).withTimeout(GRACE_SECONDS).exec();
    }

    @Override
    public void kill() {
        engine().killContainerCmd(id()).exec();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isRunning()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the container does not end");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void startAgain() {
        engine().startContainerCmd(id()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private boolean isRunning() {
        return Boolean.TRUE.equals(
                engine().inspectContainerCmd(id()).exec().getState().getRunning());
    }

    private DockerClient engine() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }

    /** A program that was refused its name has ended already, and that is what a test wants to see. */
    private static final class Started extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient engine, String id) {
            ContainerState state = engine.inspectContainerCmd(id).exec().getState();
            return "created".equals(state.getStatus()) ? StartupStatus.NOT_YET_KNOWN : StartupStatus.SUCCESSFUL;
        }
    }
}
