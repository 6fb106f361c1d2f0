package io.holdfast.ha.internal.config;

import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lays the layers over each other, weakest first, and checks what comes out; confined to the calling thread.
 *
 * <p>An unknown key is a problem in every layer but the environment. A malformed value is a problem only if it wins: it must
 * stay possible to put a bad file right with a variable.
 */
public final class Resolver {

    private final Inputs inputs;
    private final String prefix;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Key, Setting> winners = new HashMap<>();

    private Resolver(Inputs inputs) {
        this.inputs = inputs;
        this.prefix = inputs.prefix();
    }

    /** The effective values, or everything that is wrong with them. */
    public static Resolution resolve(Inputs inputs) {
        return new Resolver(inputs).resolve();
    }

    private Resolution resolve() {
        List<Assignment> classPath = readClassPath();
        List<Assignment> system = assignments(inputs.systemProperties(), Source::systemProperty);
        List<Assignment> code = assignments(inputs.code(), key -> Source.CODE);
        EnvironmentLayer environment = EnvironmentLayer.of(inputs.environment(), prefix);

        KeyTable.ALL.forEach(this::applyDefault);
        applyFile(classPath);
        Assignment file = configFile(classPath, system, code);
        if (file != null) {
            applyFile(readFile(file));
        }
        apply(environment.assignments());
        apply(system);
        apply(code);
        if (file != null) {
            winners.put(KeyTable.CONFIG, new Setting(KeyTable.CONFIG, file.text(), file.source()));
        }

        Map<Key, Setting> settings = inOrder();
        settings.values().forEach(this::check);
        problems.addAll(CrossChecks.of(prefix, settings));
        Settings bound = problems.isEmpty() ? SettingsBinder.bind(settings.values()) : null;
        return new Resolution(prefix, settings, List.copyOf(problems), environment.unknown(), bound);
    }

    private List<Assignment> readClassPath() {
        ClassLoader loader = inputs.classPath();
        URL resource = loader == null ? null : loader.getResource(Inputs.RESOURCE);
        return resource == null ? List.of() : new PropertiesFile(Inputs.RESOURCE, problems).read(resource);
    }

    private List<Assignment> readFile(Assignment named) {
        return new PropertiesFile(named.key(), problems).read(named);
    }

    private static List<Assignment> assignments(Map<String, String> map, Function<String, Source> source) {
        List<Assignment> list = new ArrayList<>();
        new TreeMap<>(map).forEach((key, text) -> list.add(new Assignment(key, text, source.apply(key))));
        return list;
    }

    /** The file to read: named for this prefix, else for the default one, the strongest layer first. */
    private @Nullable Assignment configFile(
            List<Assignment> classPath, List<Assignment> system, List<Assignment> code) {
        if (inputs.file() != null) {
            return new Assignment(KeyTable.CONFIG.under(prefix), inputs.file().toString(), Source.CODE);
        }
        for (String owner : List.of(prefix, Inputs.DEFAULT_PREFIX)) {
            String key = KeyTable.CONFIG.under(owner);
            List<Assignment> environment =
                    EnvironmentLayer.of(inputs.environment(), owner).assignments();
            for (List<Assignment> layer : List.of(code, system, environment, classPath)) {
                Optional<Assignment> named = layer.stream()
                        .filter(a -> a.key().equals(key) && !a.text().isBlank())
                        .findFirst();
                if (named.isPresent()) {
                    Assignment a = named.get();
                    return new Assignment(key, a.text().strip(), a.source());
                }
            }
        }
        return null;
    }

    private void applyDefault(Key key) {
        if (key.defaultText() != null) {
            winners.put(key, new Setting(key, key.defaultText(), Source.DEFAULT));
        }
    }

    /** In a file a key stands once: of two lines, somebody believes in the one that does not count. */
    private void applyFile(List<Assignment> file) {
        Map<String, Source> seen = new HashMap<>();
        for (Assignment a : file) {
            Source first = seen.putIfAbsent(a.key(), a.source());
            if (first != null && isOurs(a.key())) {
                problems.add(Problem.of(a.key(), null, a.source(), "is set twice; first at line " + first.line()));
            } else if (a.source().layer() == Layer.FILE && a.key().equals(KeyTable.CONFIG.under(prefix))) {
                problems.add(Problem.of(a.key(), null, a.source(), "a configuration file cannot name another one"));
            } else {
                apply(a);
            }
        }
    }

    private void apply(List<Assignment> layer) {
        layer.forEach(this::apply);
    }

    private void apply(Assignment a) {
        if (!isOurs(a.key())) {
            return; // another prefix's, or nothing to do with us
        }
        String name = a.key().substring(prefix.length() + 1);
        Optional<Key> key = a.key().startsWith(prefix) ? KeyTable.find(name) : Optional.empty();
        if (key.isPresent()) {
            winners.put(key.get(), new Setting(key.get(), key.get().trim(a.text()), a.source()));
        } else {
            String meant = NearestKey.to(name).map(k -> k.under(prefix)).orElse(null);
            problems.add(new Problem(a.key(), Key.showUnknown(), a.source(), "there is no such key", null, meant));
        }
    }

    private boolean isOurs(String key) {
        return key.toLowerCase(Locale.ROOT).startsWith(prefix + ".");
    }

    private Map<Key, Setting> inOrder() {
        Map<Key, Setting> ordered = new LinkedHashMap<>();
        for (Key key : KeyTable.ALL) {
            Setting setting = winners.get(key);
            if (setting != null) {
                ordered.put(key, setting);
            }
        }
        return ordered;
    }

    private void check(Setting setting) {
        String wrong = setting.key().type().wrong(setting.text());
        if (wrong != null) {
            Key key = setting.key();
            String allowed = key.type().allowed();
            problems.add(new Problem(key.under(prefix), setting.shown(), setting.source(), wrong, allowed, null));
        }
    }
}
