package io.holdfast.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.testkit.golden.GoldenVector.Direction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GoldenVectorsTest {

    @Test
    void the_index_lists_every_file() throws Exception {
        try (var files = Files.list(folder())) {
            List<String> onDisk = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".vec"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .toList();
            assertThat(GoldenVectors.names()).containsExactlyInAnyOrderElementsOf(onDisk);
        }
    }

    @Test
    void a_vector_says_what_must_be_read_or_what_is_wrong() {
        assertThat(GoldenVectors.all()).hasSizeGreaterThan(40).allSatisfy(vector -> {
            assertThat(vector.bytes()).isNotEmpty();
            assertThat(vector.fields().isEmpty()).isEqualTo(vector.error().isPresent());
            assertThat(vector.exact() && !vector.isToBroker()).isFalse();
        });
    }

    @Test
    void a_file_is_read_with_its_comments() {
        GoldenVector vector = VectorFile.parse("example", """
                # A publish.
                direction: from-broker            # the broker's
                field: cmd = publish
                field: topic = a = #b
                field: reason =
                payload: {"#":1}
                bytes:
                7b 22 63 22                       # {"c"
                3a22 702
                2                                 # :"p"
                """);
        assertThat(vector.direction()).isEqualTo(Direction.FROM_BROKER);
        assertThat(vector.fields())
                .containsEntry("cmd", "publish")
                .containsEntry("topic", "a = #b")
                .containsEntry("reason", "");
        assertThat(vector.payload()).asString().isEqualTo("{\"#\":1}");
        assertThat(vector.bytes()).asString().isEqualTo("{\"c\":\"p\"");
        assertThat(vector.error()).isEmpty();
    }

    @Test
    void an_error_has_its_kind_and_perhaps_its_place() {
        assertThat(VectorFile.parse("a", "error: BAD_UTF8 @ 17\nbytes:\n00").error())
                .hasValue(new GoldenVector.ExpectedError(Violation.BAD_UTF8, OptionalLong.of(17)));
        assertThat(VectorFile.parse("a", "error: BAD_FIELD @ *\nbytes:\n00").error())
                .hasValue(new GoldenVector.ExpectedError(Violation.BAD_FIELD, OptionalLong.empty()));
    }

    @Test
    void a_mistake_in_a_file_is_told() {
        assertThatThrownBy(() -> VectorFile.parse("a", "colour: red\nbytes:\n00"))
                .hasMessageContaining("colour: red");
        assertThatThrownBy(() -> VectorFile.parse("a", "direction: both")).hasMessageContaining("no bytes");
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(GoldenVectors.class.getResource("/golden/index").toURI()).getParent();
    }
}
