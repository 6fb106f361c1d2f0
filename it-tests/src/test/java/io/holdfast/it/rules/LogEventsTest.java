package io.holdfast.it.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/log-events.md} says of each event what the code logs: code, level, name, fields. */
class LogEventsTest {

    private static final Set<String> LIBRARIES = Set.of("client-api", "client-netty", "ha-client");

    /** Strings with a code that are no log line of a known form; each needs a reason here. */
    private static final Set<String> UNREAD = Set.of();

    /**
     * Who writes the fields of HF-3001 to HF-3010: the machine, each where it says something, and the line of a diagnosis. For these codes
     * it is only compared that each field of the page is written there, not that every line has it.
     */
    private static final Pattern COLLISION_FIELDS =
            Pattern.compile("ha-client/.*/internal/collision/\\w+\\.java|client-api/.*/DiagnosisLine\\.java");

    private final Map<String, String> libraries = main(true);
    private final String page = SourceTree.text(SourceTree.ROOT.resolve("docs/log-events.md"));

    @Test
    void the_page_says_what_the_libraries_log() {
        LogStatements logged = read(libraries);

        assertThat(logged.unread()).isEqualTo(UNREAD);
        assertThat(LogEventsPage.parse(page).differences(logged.events())).isEmpty();
    }

    @Test
    void the_other_modules_log_no_event_and_know_none_that_is_not_on_the_page() {
        Map<String, String> others = main(false);
        String strings =
                others.values().stream().map(JavaSource::withoutComments).collect(Collectors.joining());

        assertThat(read(others).events()).isEmpty();
        assertThat(Pattern.compile("HF-\\d{4}").matcher(strings).results().map(code -> code.group()))
                .isNotEmpty()
                .isSubsetOf(LogEventsPage.parse(page).codes());
    }

    /** A page that were wrong in any of these ways would be found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "| HF-2205 | INFO |; | HF-2205 | WARN |; HF-2205 level: the page says WARN",
                "| client-closed |; | client-gone |; HF-2205 name: the page says client-gone",
                "client_name, from |; client_name |; HF-2205 fields: the page says [client_name]",
                "| HF-2205 |; | HF-2299 |; HF-2205 is not on the page",
                "| HF-2205 |; | HF-2299 |; HF-2299 is on the page, and nothing logs it",
                "| HF-1020 | DEBUG |; | HF-1020 | INFO |; HF-1020 level: the page says INFO",
                "remote, violation, offset; remote, offset, violation; HF-1020 fields: the page says",
                "| HF-2101 | INFO |; | HF-2101 | WARN |; HF-2101 level: the page says WARN",
                "mode, on_damage, on_copy; mode, on_copy, on_damage; HF-2101 fields: the page says",
                "| HF-3004 | WARN |; | HF-3004 | INFO |; HF-3004 level: the page says INFO",
                "| no-collision |; | no collision |; HF-3004 name: the page says no collision",
                "server, classification, why; server, class, why; HF-3004 fields: the page says",
                "rival_since, most_s; rival_since, rival_colour, most_s; HF-2003 fields: the page says",
            })
    void a_mistake_on_the_page_is_found(String right, String wrong, String difference) {
        assertThat(page).contains(right);

        assertThat(LogEventsPage.parse(page.replace(right, wrong))
                        .differences(read(libraries).events()))
                .anySatisfy(each -> assertThat(each).startsWith(difference));
    }

    @Test
    void a_row_that_stands_twice_or_lacks_a_cell_is_refused() {
        assertThatThrownBy(() -> LogEventsPage.parse(page + "| HF-2205 | INFO | client-closed | x | from | y |\n"))
                .hasMessageContaining("one too many");
        assertThatThrownBy(() -> LogEventsPage.parse("| HF-9999 | INFO | name | x | from |"))
                .hasMessageContaining("not a row");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "// LOG.warn(\"HF-9999 name key={}\", x)",
                "/** HF-9999, see \"HF-9999 name\". */",
                "char quote = '\"'  /* LOG.warn(\"HF-9999 name\") */",
            })
    void a_code_that_stands_in_a_comment_only_is_logged_by_nobody(String source) {
        LogStatements logged = read(Map.of("m/A.java", source + "\n"));

        assertThat(logged.events()).isEmpty();
        assertThat(logged.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tell(\"HF-9999 name key={}\", x)",
                "LOG.warn(text + \" HF-9999 name\")",
                "String line = \"HF-9999\"",
            })
    void a_code_in_an_unknown_form_is_not_skipped(String source) {
        assertThat(read(Map.of("m/A.java", source)).unread()).hasSize(1);
    }

    private static LogStatements read(Map<String, String> files) {
        List<String> writers = files.keySet().stream()
                .filter(COLLISION_FIELDS.asMatchPredicate())
                .toList();
        return new LogStatements(files, writers);
    }

    /** The main sources of the libraries, or of all other modules. */
    private static Map<String, String> main(boolean ofLibraries) {
        Map<String, String> files = new HashMap<>();
        SourceTree.sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .forEach(file -> {
                    String path = SourceTree.ROOT.relativize(file).toString();
                    if (LIBRARIES.contains(path.replaceFirst("/.*", "")) == ofLibraries) {
                        files.put(path, SourceTree.text(file));
                    }
                });
        return files;
    }
}
