package io.holdfast.it.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the build before the tests has made. */
public final class Built {

    private Built() {}

    /** The broker's jar. */
    public static Path broker() {
        return jar("reference-broker", "holdfast-reference-broker.jar");
    }

    /** The jar of the command line, {@code holdfast}. */
    public static Path commandLine() {
        return jar("samples", "holdfast.jar");
    }

    /** The command that runs this jar with these arguments, by the JDK of this process. */
    public static List<String> java(Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    private static Path jar(String module, String name) {
        Path jar = Path.of("..", module, "target", name).toAbsolutePath().normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(name + " is missing: run 'mvn verify' from the top, not this module alone");
        }
        return jar;
    }
}
