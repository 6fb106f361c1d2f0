package io.holdfast.ha.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table, the records and the seam between them say the same. */
class KeyTableTest {

    private static final Set<Class<?>> VALUES = Set.of(Servers.class, io.holdfast.client.Heartbeat.class);

    @Test
    void every_key_has_a_component_and_every_component_a_key() {
        List<String> components = new ArrayList<>();
        collect("", Settings.class, components);

        assertThat(components)
                .containsExactlyInAnyOrderElementsOf(
                        KeyTable.ALL.stream().map(SettingsBinder::path).toList());
    }

    @Test
    void every_example_and_every_default_is_a_good_value() {
        for (Key key : KeyTable.ALL) {
            assertThat(key.type().wrong(key.example())).as(key.name()).isNull();
            if (key.defaultText() != null) {
                assertThat(key.type().wrong(key.defaultText())).as(key.name()).isNull();
                assertThat(key.example()).as(key.name()).isNotEqualTo(key.defaultText());
            }
        }
    }

    @Test
    void all_examples_together_are_bound() {
        List<Setting> settings = KeyTable.ALL.stream()
                .map(key -> new Setting(key, key.example(), Source.CODE))
                .toList();

        Settings bound = SettingsBinder.bind(settings);

        assertThat(bound).hasNoNullFieldsOrProperties();
        assertThat(bound.clientGroup()).hasNoNullFieldsOrProperties();
        assertThat(bound.tls()).hasNoNullFieldsOrProperties();
    }

    @Test
    void no_two_keys_share_a_variable() {
        assertThat(KeyTable.ALL.stream().map(key -> key.variable("holdfast"))).doesNotHaveDuplicates();
    }

    @Test
    void what_is_never_shown_is_marked_as_secret() {
        assertThat(KeyTable.ALL.stream().filter(key -> key.name().contains("password")))
                .isNotEmpty()
                .allMatch(Key::isSecret);
    }

    @Test
    void typos_find_their_key_and_nothing_else_does() {
        assertThat(NearestKey.to("clinet.name")).contains(KeyTable.CLIENT_NAME);
        assertThat(NearestKey.to("CLIENT_NAME_TEMPLAT")).contains(KeyTable.CLIENT_NAME_TEMPLATE);
        assertThat(NearestKey.to("server")).contains(KeyTable.SERVERS);
        assertThat(NearestKey.to("ap")).contains(KeyTable.APP);
        assertThat(NearestKey.to("x")).isEmpty();
        assertThat(NearestKey.to("base-image")).isEmpty();
        assertThat(NearestKey.to("x".repeat(100_000))).isEmpty();
    }

    @Test
    void the_distance_counts_a_swap_as_one_edit() {
        assertThat(NearestKey.distance("naem", "name")).isEqualTo(1);
        assertThat(NearestKey.distance("", "abc")).isEqualTo(3);
        assertThat(NearestKey.distance("kitten", "sitting")).isEqualTo(3);
    }

    private static void collect(String path, Class<?> type, List<String> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = path + new KebabCaseStrategy().translate(component.getName());
            Class<?> part = component.getType();
            if (part.isRecord() && !VALUES.contains(part)) {
                collect(name + ".", part, into);
            } else {
                into.add(name);
            }
        }
    }
}
