package io.holdfast.samples.cli;

import io.holdfast.ha.config.ConfigLoader;
import io.holdfast.ha.config.ConfigurationException;
import io.holdfast.ha.config.ConfigurationException.Mistake;
import io.holdfast.ha.config.HoldfastConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a program's configuration for a command: the same sources as the program's own, and the same keys. */
public final class Configuration {

    /** Variables of the command line itself, which are no keys of a configuration. */
    private static final Set<String> OURS = Set.of("HOLDFAST_LOG", "HOLDFAST_PASSWORD");

    private static final String PREFIX = "holdfast";

    private Configuration() {}

    /**
     * The configuration in these surroundings.
     *
     * @param file a property file, in the place of the one that {@code holdfast.config} names
     * @throws CommandFailure with everything that is wrong
     */
    public static HoldfastConfig load(Surroundings surroundings, @Nullable Path file) {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.keySet().removeAll(OURS);
        ConfigLoader loader = HoldfastConfig.loader(PREFIX).environment(environment);
        if (file != null) {
            loader.file(file);
        }
        try {
            return loader.load();
        } catch (ConfigurationException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    e.problems().stream()
                            .map(Mistake::text)
                            .collect(Collectors.joining("; ", "the configuration is wrong: ", "")),
                    e);
        }
    }
}
