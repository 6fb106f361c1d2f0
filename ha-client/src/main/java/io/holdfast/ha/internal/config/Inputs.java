package io.holdfast.ha.internal.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a configuration is made from; snapshots, never the process's own.
 *
 * @param prefix the first part of every key
 * @param classPath where {@code holdfast.properties} is looked for, {@code null} for nowhere
 * @param file the file to read whatever {@code holdfast.config} says, {@code null} to let it say
 * @param environment the environment variables
 * @param systemProperties the system properties
 * @param code what the program sets itself, by whole key
 */
public record Inputs(
        String prefix,
        @Nullable ClassLoader classPath,
        @Nullable Path file,
        Map<String, String> environment,
        Map<String, String> systemProperties,
        Map<String, String> code) {

    /** The resource on the class path, whatever the prefix. */
    public static final String RESOURCE = "holdfast.properties";

    /** The prefix where none is named. */
    public static final String DEFAULT_PREFIX = "holdfast";

    /** Validates the prefix and copies the maps. */
    public Inputs {
        if (!prefix.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "a prefix is 1..32 characters of a-z 0-9 -, the first a letter, and holds no dot");
        }
        environment = Map.copyOf(environment);
        systemProperties = Map.copyOf(systemProperties);
        code = Map.copyOf(code);
    }

    /** Without the values, which may hold secrets. */
    @Override
    public String toString() {
        return "Inputs[" + prefix + "]";
    }
}
