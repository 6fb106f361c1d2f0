package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.error.MessagingException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void every_failure_of_messaging_has_a_code_of_its_own_choice() {
        assertThat(MessagingException.class.getPermittedSubclasses())
                .allSatisfy(each -> assertThat(ExitCode.isListed(each))
                        .as(each.getSimpleName())
                        .isTrue());
    }

    @Test
    void no_two_outcomes_share_a_number() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code).collect(Collectors.toSet()))
                .hasSize(ExitCode.values().length);
    }

    @Test
    void a_failure_that_nobody_foresaw_is_code_one() {
        assertThat(ExitCode.of(new IllegalStateException("a mistake"))).isEqualTo(ExitCode.UNEXPECTED);
    }
}
