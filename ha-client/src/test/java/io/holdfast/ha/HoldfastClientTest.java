package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HoldfastClientTest {

    @Test
    void everything_that_is_missing_is_named_at_once() {
        assertThatThrownBy(() -> HoldfastClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("name: not set")
                .hasMessageContaining("server: not set")
                .hasMessageContaining("io.holdfast:holdfast-client-netty");
    }

    @Test
    void everything_that_is_wrong_is_named_at_once_together_with_what_is_missing() {
        assertThatThrownBy(() -> HoldfastClient.builder()
                        .name("a[b]")
                        .server("tcp://nowhere")
                        .messageType(" ")
                        .logonOptions("")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name: a client name")
                .hasMessageContaining("server: ")
                .hasMessageContaining("messageType: blank")
                .hasMessageContaining("logonOptions: blank")
                .hasMessageContaining("holdfast-client-netty");
    }
}
