package io.holdfast.ha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Endpoint;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What a password is made of never shows, in good configurations and in bad ones. */
class SecretsTest {

    @Property(tries = 300)
    void no_secret_shows_in_any_key_of_a_good_or_bad_configuration(
            @ForAll("secrets") String secret, @ForAll("keys") String key) {
        ConfigLoader loader = ConfigLoader.empty("holdfast")
                .set("holdfast.client.user", "u")
                .set("holdfast.tls.cert", "/c")
                .set("holdfast.tls.key", "/k")
                .set(key, secret);

        assertThat(everythingSaidBy(loader)).noneMatch(text -> text.contains(secret));
    }

    @Property(tries = 500)
    void no_password_shows_in_any_list_of_servers(
            @ForAll("secrets") String secret, @ForAll("uris") String uri, @ForAll("uris") String other) {
        String servers = uri + ", " + other.replace("SECRET", secret);

        ConfigLoader loader = ConfigLoader.empty("holdfast").set("holdfast.servers", servers.replace("SECRET", secret));

        assertThat(everythingSaidBy(loader)).noneMatch(text -> text.contains(secret));
    }

    @Test
    void a_password_is_used_as_it_stands_blanks_included() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .set("holdfast.client.user", " orders ")
                .set("holdfast.client.password", " hunter 2 ")
                .load();

        var credentials = config.authenticator()
                .authenticate(Endpoint.parse("tcp://other:pw@a:1/amps"))
                .toCompletableFuture()
                .join();

        assertThat(credentials.user()).isEqualTo("orders");
        assertThat(credentials.password().reveal()).isEqualTo(" hunter 2 ");
    }

    @Test
    void without_a_user_the_uri_gives_the_credentials() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .set("holdfast.servers", "tcp://orders:hunter%2F2@a:9007/amps")
                .load();

        var credentials = config.authenticator()
                .authenticate(config.servers().get(0))
                .toCompletableFuture()
                .join();

        assertThat(credentials.password().reveal()).isEqualTo("hunter/2");
        assertThat(config.describe()).contains("\"tcp://****@a:9007/amps\"");
    }

    @Test
    void a_password_that_was_not_encoded_is_refused_though_it_makes_a_uri() {
        assertThat(everythingSaidBy(ConfigLoader.empty("holdfast")
                                .set("holdfast.servers", "tcp://orders:1234/hunter2@broker:9007/amps"))
                        .get(0))
                .contains("percent-encoded", "tcp://****@broker:9007/amps")
                .doesNotContain("hunter2");
    }

    private static List<String> everythingSaidBy(ConfigLoader loader) {
        try {
            HoldfastConfig config = loader.load();
            return List.of(config.describe(), config.toString(), "" + config.options());
        } catch (ConfigurationException e) {
            return List.of(e.getMessage(), e.toString(), e.problems().toString());
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('@')
                .ofMinLength(4)
                .ofMaxLength(12)
                .map(text -> "Zq" + text + "qZ");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                "holdfast.client.password",
                "holdfast.tls.key-password",
                "holdfast.client.pasword",
                "holdfast.tls.keypassword",
                "holdfast.secret",
                "Holdfast.client.password");
    }

    @Provide
    Arbitrary<String> uris() {
        return Arbitraries.of(
                "tcp://u:SECRET@h:1/amps",
                "tcps://u:SECRET@[::1]:9/amps/json?tcp_nodelay=true",
                "tcp://h:1/amps",
                "tcp://u:SECRET@h:port/amps",
                "tcp:/u:SECRET@h:1/amps",
                "u:SECRET@h:1",
                "http://u:SECRET@h:1/amps",
                "tcp://u:1/SECRET@h:1/amps",
                "tcp://u:SECRET@",
                "tcp://u:SE CRET@h:1");
    }
}
