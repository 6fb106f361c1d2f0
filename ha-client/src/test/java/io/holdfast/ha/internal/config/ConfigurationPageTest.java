package io.holdfast.ha.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String COMMAND = "mvn -q test -pl ha-client -am -Dtest=ConfigurationPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    @Test
    void the_page_says_what_the_code_says() throws IOException {
        String page = Files.readString(PAGE);
        String fresh = ConfigurationPage.refresh(page);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, fresh);
            return;
        }
        assertThat(page)
                .withFailMessage("docs/configuration.md is stale; make it anew with\n  " + COMMAND)
                .isEqualTo(fresh);
    }

    @Test
    void every_key_and_variable_that_the_text_names_exists() throws IOException {
        String text = Files.readString(PAGE).replace(ConfigurationPage.table(), "");
        Matcher keys =
                Pattern.compile("\\bholdfast\\.([a-z-]+(\\.[a-z-]+)*)(?=[ =`])").matcher(text);
        Matcher variables = Pattern.compile("\\bHOLDFAST_([A-Z_]+)(?=[ =`])").matcher(text);

        assertThat(keys.results().map(found -> found.group(1)))
                .isNotEmpty()
                .filteredOn(name -> !name.equals("properties") && !name.equals("clinet.name")) // a file; a typo to show
                .allMatch(name -> KeyTable.find(name).isPresent());
        assertThat(variables.results().map(found -> found.group()))
                .isNotEmpty()
                .filteredOn(name -> !name.startsWith("HOLDFAST_SERVICE"))
                .allMatch(name -> KeyTable.ALL.stream()
                        .anyMatch(key -> key.variable("holdfast").equals(name)));
    }
}
