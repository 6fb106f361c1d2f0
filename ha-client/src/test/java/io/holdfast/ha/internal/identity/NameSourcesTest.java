package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityOptions.Mode;
import io.holdfast.ha.identity.NameSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameSourcesTest {

    private static final IdentityOptions ALL = IdentityOptions.builder()
            .app("orders")
            .clientName("pricing")
            .instance("3")
            .kubernetes(true)
            .build();
    private static final Map<String, String> POD = Map.of("POD_NAME", "orders-7", "HOSTNAME", "other-1");

    @Test
    void the_sources_are_asked_in_their_order() {
        IdentityOptions instance = ALL.toBuilder().clientName(null).build();
        IdentityOptions pod = instance.toBuilder().instance(null).build();
        IdentityOptions slot = pod.toBuilder().kubernetes(false).build();

        assertThat(resolve(ALL, POD)).isEqualTo(new Wanted(NameSource.EXPLICIT, "orders", "pricing"));
        assertThat(resolve(instance, POD)).isEqualTo(new Wanted(NameSource.INSTANCE, "orders", "orders.3"));
        assertThat(resolve(pod, POD)).isEqualTo(new Wanted(NameSource.KUBERNETES, "orders", "orders.orders-7"));
        assertThat(resolve(slot, POD)).isEqualTo(new Wanted(NameSource.SLOT, "orders", null));
        assertThat(resolve(slot.toBuilder().mode(Mode.EPHEMERAL).build(), POD))
                .isEqualTo(new Wanted(NameSource.EPHEMERAL, "orders", null));
    }

    @Test
    void without_pod_name_the_host_name_is_the_pods() {
        IdentityOptions pod =
                IdentityOptions.builder().app("a").kubernetes(true).build();

        assertThat(resolve(pod, Map.of("HOSTNAME", "web-0")).name()).isEqualTo("a.web-0");
        assertThat(NameSources.resolve(pod, "web-12", key -> null).name()).isEqualTo("a.web-12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-5d8f-x7k2p", "orders-5d8f9-24689", "orders", "orders-07", "-"})
    void a_pod_that_is_not_a_stateful_sets_has_no_stable_name(String pod) {
        IdentityOptions options =
                IdentityOptions.builder().app("a").kubernetes(true).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolve(options, Map.of("POD_NAME", pod)))
                .withMessageContaining("is not the name of a StatefulSet's pod")
                .withMessageContaining("unset holdfast.identity.kubernetes");
    }

    @Test
    void an_explicit_name_needs_no_application_and_everything_else_does() {
        assertThat(resolve(IdentityOptions.builder().clientName("pricing").build(), Map.of()))
                .isEqualTo(new Wanted(NameSource.EXPLICIT, "default", "pricing"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> resolve(IdentityOptions.builder().instance("3").build(), Map.of()))
                .withMessageContaining("set holdfast.app");
    }

    private static Wanted resolve(IdentityOptions options, Map<String, String> environment) {
        return NameSources.resolve(options, "host", environment::get);
    }
}
