package io.holdfast.it.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules about the sources themselves. */
class SourceRulesTest {

    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(|\\bTimeUnit\\.\\w+\\.sleep\\(");
    private static final Pattern NAMED_RANDOM = Pattern.compile("\\bRandomGenerator(Factory)?\\.(getDefault|of)\\(");

    @Test
    void nothing_sleeps_outside_the_end_to_end_tests() {
        List<String> sleepers = SourceTree.sources()
                .filter(file -> !SourceTree.ROOT.relativize(file).startsWith("it-tests"))
                .filter(file -> SLEEP.matcher(SourceTree.text(file)).find())
                .map(file -> SourceTree.ROOT.relativize(file).toString())
                .collect(Collectors.toList());

        assertThat(sleepers).isEmpty();
    }

    /** These generators are in the module jdk.random, which a small runtime image leaves out; those of java.base are enough. */
    @Test
    void chance_comes_from_what_every_runtime_image_has() {
        List<String> users = SourceTree.sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .filter(file -> NAMED_RANDOM.matcher(SourceTree.text(file)).find())
                .map(file -> SourceTree.ROOT.relativize(file).toString())
                .collect(Collectors.toList());

        assertThat(users).isEmpty();
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        List<String> silent = SourceTree.sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))
                        || !SourceTree.text(folder.resolve("package-info.java")).contains("@NullMarked"))
                .map(folder -> SourceTree.ROOT.relativize(folder).toString())
                .collect(Collectors.toList());

        assertThat(silent).isEmpty();
    }
}
