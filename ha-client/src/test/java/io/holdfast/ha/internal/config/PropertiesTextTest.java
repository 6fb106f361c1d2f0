package io.holdfast.ha.internal.config;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void each_key_has_the_line_on_which_it_begins() {
        assertThat(linesOf("""
                # comment, line 1 \\
                a = 1
                ! another, with a trailing backslash \\

                  b : 2 \\
                      # not a comment, but continued \\

                c 3
                d = x\\\\
                e
                """))
                .containsExactly(
                        Map.entry("a", 2), Map.entry("b", 5), Map.entry("c", 8), Map.entry("d", 9), Map.entry("e", 10));
    }

    @Test
    void all_kinds_of_line_breaks_count_once() {
        assertThat(linesOf("a=1\r\nb=2\rc=3\n\r\nd=4"))
                .containsExactly(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3), Map.entry("d", 5));
    }

    @Test
    void a_malformed_escape_costs_its_own_line_only() {
        assertThat(linesOf("a=1\nb=\\u12\nc=3")).containsExactly(Map.entry("a", 1), Map.entry("c", 3));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.source().line()).isEqualTo(2);
            assertThat(problem.key()).isEqualTo("holdfast.config");
        });
    }

    @Property(tries = 5_000)
    void every_text_means_what_the_jdk_says_it_means(@ForAll("texts") String text) throws IOException {
        Properties expected = new Properties();
        expected.load(new StringReader(text));

        Map<String, String> found = parse(text).stream().collect(toMap(Assignment::key, Assignment::text, (a, b) -> b));

        assertThat(found).isEqualTo(expected);
        assertThat(problems).isEmpty();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "b", "=", ":", " ", "\t", "\f", "\n", "\r", "\r\n", "\\", "\\\\", "#", "!", "\\u0041",
                        "\u00e9")
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts))
                // a backslash before a complete escape leaves a bare u, which is fine; before a lone one is none
                .filter(text -> !text.matches("(?s).*\\\\u(?![0-9]{4}).*"));
    }

    private List<Map.Entry<String, Integer>> linesOf(String text) {
        Map<String, Integer> lines = new TreeMap<>();
        parse(text).forEach(a -> lines.put(a.key(), a.source().line()));
        return List.copyOf(lines.entrySet());
    }

    private List<Assignment> parse(String text) {
        return PropertiesText.parse(text, new Source(Layer.FILE, "f", 0), "holdfast.config", problems);
    }
}
