package io.holdfast.ha.config;

import static java.util.Objects.requireNonNull;

import io.holdfast.ha.internal.config.Inputs;
import io.holdfast.ha.internal.config.Resolution;
import io.holdfast.ha.internal.config.Resolver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the layers of a configuration; not thread-safe.
 *
 * <p>{@link HoldfastConfig#loader(String)} gives one that reads this process, {@link #empty(String)} one that knows the defaults
 * only. What is set here with {@link #set} is the strongest layer.
 */
public final class ConfigLoader {

    private static final Logger LOG = LoggerFactory.getLogger(HoldfastConfig.class);

    private final String prefix;
    private final Map<String, String> code = new LinkedHashMap<>();
    private @Nullable ClassLoader classPath;
    private @Nullable Path file;
    private Map<String, String> environment = Map.of();
    private Map<String, String> systemProperties = Map.of();

    private ConfigLoader(String prefix) {
        this.prefix = requireNonNull(prefix, "prefix");
    }

    /** A loader with the built-in defaults and nothing else, for keys that begin with {@code prefix}. */
    public static ConfigLoader empty(String prefix) {
        return new ConfigLoader(prefix);
    }

    /** Sets where {@code holdfast.properties} is looked for. If there are several, the first one on the class path counts. */
    public ConfigLoader classPath(ClassLoader value) {
        classPath = requireNonNull(value, "classPath");
        return this;
    }

    /** Sets the file to read, whatever {@code holdfast.config} says. */
    public ConfigLoader file(Path value) {
        file = requireNonNull(value, "file");
        return this;
    }

    /** Sets the environment variables; copied. */
    public ConfigLoader environment(Map<String, String> value) {
        environment = Map.copyOf(value);
        return this;
    }

    /** Sets the system properties; copied, with their defaults. What is no text is left out. */
    public ConfigLoader systemProperties(Properties value) {
        Map<String, String> copy = new LinkedHashMap<>();
        for (String key : value.stringPropertyNames()) {
            String text = value.getProperty(key);
            if (text != null) { // removed by another thread meanwhile
                copy.put(key, text);
            }
        }
        systemProperties = copy;
        return this;
    }

    /**
     * Sets a value from code, which beats all others.
     *
     * @param key the whole key, for example {@code holdfast.client.name}
     */
    public ConfigLoader set(String key, String value) {
        code.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
        return this;
    }

    /**
     * Reads, checks and binds. Blocks for the reading of at most two files of at most 1 MiB.
     *
     * <p>Environment variables that begin like ours and are none are told with one WARN line, HF-2102.
     *
     * @throws ConfigurationException with everything that is wrong
     * @throws IllegalArgumentException if the prefix is not 1..32 characters of {@code a-z 0-9 -}, the first a letter
     */
    public HoldfastConfig load() {
        Resolution resolution =
                Resolver.resolve(new Inputs(prefix, classPath, file, environment, systemProperties, code));
        if (!resolution.unknownVariables().isEmpty()) {
            LOG.warn(
                    "HF-2102 unknown-environment-variables prefix={} variables=\"{}\"",
                    prefix,
                    String.join(", ", resolution.shownUnknownVariables()));
        }
        if (resolution.bound() == null) {
            throw ConfigurationException.of(prefix, resolution.problems());
        }
        return new HoldfastConfig(resolution, resolution.bound());
    }
}
