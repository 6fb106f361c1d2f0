package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorReportTest {

    @Test
    void a_message_of_several_lines_becomes_one() {
        assertThat(ErrorReport.oneLine("first\nsecond\r\n\tthird\n")).isEqualTo("first second third");
    }

    @Test
    void the_password_of_a_uri_is_masked_wherever_it_stands() {
        assertThat(ErrorReport.oneLine("Unmatched argument: 'tcp://ann:s3cr3t@host:9007/amps'"))
                .isEqualTo("Unmatched argument: 'tcp://ann:****@host:9007/amps'");
        assertThat(ErrorReport.oneLine("tcp://ann:with@at:and:colon@host/amps")).isEqualTo("tcp://ann:****@host/amps");
    }
}
