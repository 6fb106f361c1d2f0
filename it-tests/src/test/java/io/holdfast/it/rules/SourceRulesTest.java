package io.holdfast.it.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the sources themselves. */
class SourceRulesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(|\\bTimeUnit\\.\\w+\\.sleep\\(");
    private static final Pattern NAMED_RANDOM = Pattern.compile("\\bRandomGenerator(Factory)?\\.(getDefault|of)\\(");
    private static final Pattern CODE = Pattern.compile("\\bHF-\\d{4}\\b");

    @Test
    void nothing_sleeps_outside_the_end_to_end_tests() {
        List<String> sleepers = sources()
                .filter(file -> !ROOT.relativize(file).startsWith("it-tests"))
                .filter(file -> SLEEP.matcher(text(file)).find())
                .map(file -> ROOT.relativize(file).toString())
                .collect(Collectors.toList());

        assertThat(sleepers).isEmpty();
    }

    /** These generators are in the module jdk.random, which a small runtime image leaves out; those of java.base are enough. */
    @Test
    void chance_comes_from_what_every_runtime_image_has() {
        List<String> users = sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .filter(file -> NAMED_RANDOM.matcher(text(file)).find())
                .map(file -> ROOT.relativize(file).toString())
                .collect(Collectors.toList());

        assertThat(users).isEmpty();
    }

    @Test
    void the_page_of_log_events_lists_the_codes_that_the_code_uses_and_no_other() {
        Set<String> used = sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .flatMap(file -> codes(text(file)).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(codes(text(ROOT.resolve("docs/log-events.md")))).isEqualTo(used);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        List<String> silent = sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))
                        || !text(folder.resolve("package-info.java")).contains("@NullMarked"))
                .map(folder -> ROOT.relativize(folder).toString())
                .collect(Collectors.toList());

        assertThat(silent).isEmpty();
    }

    private static Set<String> codes(String text) {
        Set<String> codes = new TreeSet<>();
        Matcher matcher = CODE.matcher(text);
        while (matcher.find()) {
            codes.add(matcher.group());
        }
        return codes;
    }

    private static Stream<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .collect(Collectors.toList())
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
