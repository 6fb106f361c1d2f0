package io.holdfast.it.name;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import io.holdfast.it.broker.Brokers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** A named volume of the engine. */
final class ContainerVolume implements StateVolume {

    private static final String MOUNTED = "/state";
    private static final ImageFromDockerfile IMAGE = image();

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
        return ContainerProgram.start(new GenericContainer<>(IMAGE)
                .withEnv("HOLDFAST_APP", "orders")
                .withCommand("name", "--hold")
                .withCreateContainerCmdModifier(create -> {
                    create.getHostConfig().withBinds(mountedAt(MOUNTED));
                    create.withStdinOpen(true); // it holds its name until standard input ends
                }));
    }

    @Override
    public StateVolume copy() {
        ContainerVolume copy = create();
        try (GenericContainer<?> cp = new GenericContainer<>(IMAGE)
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

    private static ImageFromDockerfile image() {
        ImageFromDockerfile image = new ImageFromDockerfile("holdfast/command-line", false)
                .withFileFromPath("Dockerfile", Path.of("..", "samples", "Dockerfile"))
                .withFileFromPath("holdfast.jar", Brokers.built("samples", "holdfast.jar"));
        String base = System.getenv("HOLDFAST_BASE_IMAGE");
        return base == null ? image : image.withBuildArg("BASE_IMAGE", base);
    }
}
