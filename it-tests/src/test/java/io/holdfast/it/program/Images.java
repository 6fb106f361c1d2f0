package io.holdfast.it.program;

import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The images that the project ships, each made once from its Dockerfile. */
public final class Images {

    /** The reference broker. */
    public static final ImageFromDockerfile BROKER =
            image("holdfast/reference-broker", "reference-broker", Built.broker());

    /** The command line, {@code holdfast}. */
    public static final ImageFromDockerfile COMMAND_LINE =
            image("holdfast/command-line", "samples", Built.commandLine());

    private Images() {}

    private static ImageFromDockerfile image(String name, String module, Path jar) {
        ImageFromDockerfile image = new ImageFromDockerfile(name, false)
                .withFileFromPath("Dockerfile", Path.of("..", module, "Dockerfile"))
                .withFileFromPath(jar.getFileName().toString(), jar);
        String base = System.getenv("HOLDFAST_BASE_IMAGE");
        return base == null ? image : image.withBuildArg("BASE_IMAGE", base);
    }
}
