package io.holdfast.it.name;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import io.holdfast.it.program.ContainerProgram;
import io.holdfast.it.program.Images;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** A named volume of the engine. */
final class ContainerVolume implements StateVolume {

    private static final String MOUNTED = "/state";

    private final DockerClient engine = DockerClientFactory.instance().client();
    private final String name = "holdfast-it-" + UUID.randomUUID();

    private ContainerVolume() {
        // The label by which leftovers of killed runs are found.
        engine.createVolumeCmd()
                .withName(name)
                .withLabels(Map.of(DockerClientFactory.TESTCONTAINERS_LABEL, "true"))
                .exec();
    }

    static ContainerVolume create() {
        return new ContainerVolume();
    }

    @Override
    public NameProgram start() {
        return new NameProgram(ContainerProgram.start(new GenericContainer<>(Images.COMMAND_LINE)
                .withEnv("HOLDFAST_APP", "orders")
                .withCommand("name", "--hold")
                .withCreateContainerCmdModifier(create -> {
                    create.getHostConfig().withBinds(mountedAt(MOUNTED));
                    create.withStdinOpen(true); // it holds its name until standard input ends
                })));
    }

    @Override
    public StateVolume copy() {
        ContainerVolume copy = create();
        try (GenericContainer<?> cp = new GenericContainer<>(Images.COMMAND_LINE)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(NameProgram.PATIENCE))
                .withCreateContainerCmdModifier(create -> {
                    create.getHostConfig().withBinds(mountedAt("/from"), copy.mountedAt(MOUNTED));
                    create.withEntrypoint("cp", "-a", "/from/.", MOUNTED + "/");
                })) {
            cp.start();
        }
        return copy;
    }

    @Override
    public void close() {
        engine.removeVolumeCmd(name).exec();
    }

    private Bind mountedAt(String path) {
        return new Bind(name, new Volume(path));
    }
}
