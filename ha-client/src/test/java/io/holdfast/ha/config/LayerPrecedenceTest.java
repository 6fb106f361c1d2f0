package io.holdfast.ha.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever layers set a key, the strongest wins, and the description says which it was. */
class LayerPrecedenceTest {

    /** Where the key may be set, weakest first. */
    enum Where {
        CLASS_PATH(21),
        FILE(22),
        ENVIRONMENT(23),
        SYSTEM(24),
        CODE(25);

        final int seconds;

        Where(int seconds) {
            this.seconds = seconds;
        }
    }

    private static Path file;

    @BeforeContainer
    static void createFile() throws IOException {
        file = Files.createTempFile("holdfast-precedence", ".properties");
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 200)
    void the_strongest_layer_wins_for_each_key(@ForAll Set<Where> app, @ForAll Set<Where> timeout) throws IOException {
        HoldfastConfig config = load(app, timeout);

        Where appFrom = strongest(app);
        Where timeoutFrom = strongest(timeout);
        assertThat(config.identity().app()).isEqualTo(appFrom == null ? null : appFrom.name());
        assertThat(config.options().timeouts().connect().toSeconds())
                .isEqualTo(timeoutFrom == null ? 10 : timeoutFrom.seconds);
        assertThat(lineOf(config, "holdfast.app")).endsWith(source(appFrom, "APP", "app", 2));
        assertThat(lineOf(config, "holdfast.connect.timeout"))
                .endsWith(source(timeoutFrom, "CONNECT_TIMEOUT", "connect.timeout", 4));
    }

    private static HoldfastConfig load(Set<Where> app, Set<Where> timeout) throws IOException {
        Files.writeString(file, text(Where.FILE, app, timeout));
        Map<String, String> environment = new HashMap<>();
        Properties system = new Properties();
        ConfigLoader loader = ConfigLoader.empty("holdfast");
        for (Where where : app) {
            set(where, "holdfast.app", where.name(), environment, system, loader);
        }
        for (Where where : timeout) {
            set(where, "holdfast.connect.timeout", where.seconds + "s", environment, system, loader);
        }
        return loader.classPath(MemoryClassPath.with(text(Where.CLASS_PATH, app, timeout)))
                .file(file)
                .environment(environment)
                .systemProperties(system)
                .load();
    }

    /** The application on line 2, the timeout on line 4. */
    private static String text(Where where, Set<Where> app, Set<Where> timeout) {
        return "# a comment\n" + (app.contains(where) ? "holdfast.app=" + where : "") + "\n\n"
                + (timeout.contains(where) ? "holdfast.connect.timeout : " + where.seconds + "s" : "");
    }

    private static void set(
            Where where,
            String key,
            String value,
            Map<String, String> environment,
            Properties system,
            ConfigLoader loader) {
        switch (where) {
            case ENVIRONMENT -> environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_'), value);
            case SYSTEM -> system.setProperty(key, value);
            case CODE -> loader.set(key, value);
            default -> {} // in the texts
        }
    }

    private static Where strongest(Set<Where> layers) {
        return layers.stream().max(Where::compareTo).orElse(null);
    }

    private static String lineOf(HoldfastConfig config, String key) {
        return config.describe()
                .lines()
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .orElseThrow();
    }

    private static String source(Where where, String variable, String key, int line) {
        if (where == null) {
            return variable.equals("APP") ? "an explicit one needs it" : "[default]";
        }
        return switch (where) {
            case CLASS_PATH -> "[memory:/app.jar!/holdfast.properties:" + line + "]";
            case FILE -> "[" + file + ":" + line + "]";
            case ENVIRONMENT -> "[environment variable HOLDFAST_" + variable + "]";
            case SYSTEM -> "[system property holdfast." + key + "]";
            case CODE -> "[code]";
        };
    }
}
