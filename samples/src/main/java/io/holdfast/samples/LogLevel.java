package io.holdfast.samples;

import java.util.List;

/**
 * Chooses the log level before the first logger is made; {@code logback.xml} reads the property {@value #PROPERTY}, else the
 * environment variable of that name.
 */
final class LogLevel {

    static final String PROPERTY = "HOLDFAST_LOG";

    private LogLevel() {}

    /** Sets the property where the command line or the kind of command asks for a level and nobody else did. */
    static void choose(String... args) {
        List<String> words = List.of(args);
        if (words.contains("--debug")) {
            System.setProperty(PROPERTY, "debug");
        } else if (words.contains("demo") && System.getProperty(PROPERTY) == null && System.getenv(PROPERTY) == null) {
            System.setProperty(PROPERTY, "error"); // in the demo an eviction is the show, not a warning
        }
    }
}
