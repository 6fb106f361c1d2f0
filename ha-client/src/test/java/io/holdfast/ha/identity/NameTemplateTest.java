package io.holdfast.ha.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTemplateTest {

    private static final Map<String, String> VALUES =
            Map.of("app", "orders", "host", "app-13", "user", "ops", "slot", "0", "token", "k3f9");

    @Test
    void the_default_is_application_host_slot_token() {
        assertThat(NameTemplate.parse(IdentityOptions.DEFAULT_TEMPLATE).expand(VALUES))
                .isEqualTo("orders.app-13.0-k3f9");
    }

    @Test
    void every_placeholder_may_be_used_anywhere() {
        assertThat(NameTemplate.parse("x${user}${slot}/${app}$y}${token}").expand(VALUES))
                .isEqualTo("xops0/orders$y}k3f9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${app}.${pid}-${slot} | unknown placeholder '${pid}'; there are ${app} ${host} ${user} ${slot} ${token}",
                "${app}.${slot         | '${' at index 7 has no '}'",
                "${app}.${host}        | one of ${slot} and ${token} must occur",
                "''                    | one of ${slot} and ${token} must occur",
                "a[${slot}]            | no square brackets; index 1",
            })
    void what_is_wrong_is_said_with_the_property(String template, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> IdentityOptions.builder().nameTemplate(template).build())
                .withMessageStartingWith("holdfast.client.name-template: ")
                .withMessageContaining(message);
    }

    @Test
    void a_name_that_nobody_can_read_is_refused() {
        NameTemplate template = NameTemplate.parse("${slot}" + "x".repeat(160));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.expand(VALUES))
                .withMessageContaining("161 characters; the most is 160");
    }

    @Test
    void application_and_instance_are_checked_as_parts_of_a_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityOptions.builder().app("or\nders").build())
                .withMessageContaining("holdfast.app becomes part of a client name");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> IdentityOptions.builder().instance("x".repeat(65)).build())
                .withMessage("holdfast.client.instance has 1..64 characters, not 65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityOptions.builder().clientName("[x]").build())
                .withMessageContaining("square brackets");
    }
}
