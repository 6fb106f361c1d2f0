package io.holdfast.broker.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Values for flags that were not given: the system property {@code holdfast.broker.<flag>}, else the same key in the file that
 * {@code --config} or {@code holdfast.broker.config} names. A key that is no flag is an error.
 */
final class BrokerProperties implements IDefaultValueProvider {

    private static final String PREFIX = "holdfast.broker.";

    private @Nullable Properties file;

    /** Made by picocli. */
    BrokerProperties() {}

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String flag = option.longestName().substring(2);
        String system = System.getProperty(PREFIX + flag);
        if (system != null || flag.equals("config")) {
            return system;
        }
        return file(argument.command().commandLine()).getProperty(PREFIX + flag);
    }

    private Properties file(CommandLine command) {
        Properties loaded = file;
        if (loaded == null) {
            loaded = load(command);
            file = loaded;
        }
        return loaded;
    }

    private static Properties load(CommandLine command) {
        Properties properties = new Properties();
        String name = fileName(command);
        if (name == null) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(command, "cannot read " + name + ": " + e, e);
        }
        for (String key : properties.stringPropertyNames()) {
            if (!key.startsWith(PREFIX)
                    || command.getCommandSpec().findOption("--" + key.substring(PREFIX.length())) == null) {
                throw new ParameterException(command, "unknown key '" + key + "' in " + name);
            }
        }
        return properties;
    }

    private static @Nullable String fileName(CommandLine command) {
        OptionSpec config = requireNonNull(command.getCommandSpec().findOption("--config"));
        Path given = config.getValue();
        return given == null ? System.getProperty(PREFIX + "config") : given.toString();
    }
}
