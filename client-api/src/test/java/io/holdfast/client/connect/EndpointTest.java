package io.holdfast.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.connect.SocketOptions.IpPreference;
import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @Test
    void the_shortest_uri_means_plain_tcp_json_and_no_credentials() {
        Endpoint endpoint = Endpoint.parse("tcp://amps1:9007/amps");

        assertThat(endpoint.tls()).isFalse();
        assertThat(endpoint.host()).isEqualTo("amps1");
        assertThat(endpoint.port()).isEqualTo(9007);
        assertThat(endpoint.path()).isEqualTo("/amps");
        assertThat(endpoint.messageType()).isEqualTo("json");
        assertThat(endpoint.credentials()).isEqualTo(Credentials.NONE);
        assertThat(endpoint.socketOptions()).isEqualTo(SocketOptions.DEFAULTS);
    }

    @Test
    void every_part_of_a_full_uri_is_read() {
        Endpoint endpoint = Endpoint.parse("tcps://al%40ice:p%3Aw+d@[::1]:9008/east/amps/nvfix"
                + "?bind=10.0.0.1:0&tcp_rcvbuf=65536&tcp_sndbuf=4096&tcp_nodelay=false&ip_protocol_prefer=ipv6");

        assertThat(endpoint.tls()).isTrue();
        assertThat(endpoint.host()).isEqualTo("::1");
        assertThat(endpoint.credentials()).isEqualTo(Credentials.of("al@ice", "p:w+d"));
        assertThat(endpoint.path()).isEqualTo("/east/amps");
        assertThat(endpoint.messageType()).isEqualTo("nvfix");
        assertThat(endpoint.socketOptions())
                .isEqualTo(new SocketOptions("10.0.0.1:0", 65_536, 4_096, false, IpPreference.IPV6));
    }

    @Test
    void a_user_without_a_password_has_none() {
        assertThat(Endpoint.parse("tcp://alice@h:1/amps").credentials()).isEqualTo(new Credentials("alice", null));
    }

    @Test
    void json_is_a_synonym_of_the_protocol_and_a_type_behind_it() {
        assertThat(Endpoint.parse("tcp://h:1/json").messageType()).isEqualTo("json");
        assertThat(Endpoint.parse("tcp://h:1/amps/json").path()).isEqualTo("/amps");
        assertThat(Endpoint.parse("tcp://h:1/amps/").messageType()).isEqualTo("json");
        assertThat(Endpoint.parse("tcp://h:1/json/amps").path()).isEqualTo("/json/amps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h:1/amps                     | scheme is 'http'",
                "//h:1/amps                          | scheme is missing",
                "tcp://h/amps                        | port is missing",
                "tcp://h:0/amps                      | port is 0",
                "tcp://h:70000/amps                  | port is 70000",
                "tcp:///amps                         | host is missing",
                "tcp://h:1/                          | does not name the protocol",
                "tcp://h:1/amps/json/more/x          | does not name the protocol",
                "tcp://h:1/amps#x                    | fragment",
                "tcp://h:1/amps?colour=red           | unknown option 'colour'",
                "tcp://h:1/amps?compression=zlib     | 'compression' is documented for AMPS but not supported",
                "tcp://h:1/amps?http_preflight=true  | 'http_preflight' is documented for AMPS but not supported",
                "tcp://h:1/amps?tcp_rcvbuf=many      | 'tcp_rcvbuf' is a number of bytes",
                "tcp://h:1/amps?tcp_sndbuf=0         | 'tcp_sndbuf' is a number of bytes",
                "tcp://h:1/amps?tcp_nodelay=perhaps  | 'tcp_nodelay' is true or false",
                "tcp://h:1/amps?ip_protocol_prefer=6 | 'ip_protocol_prefer' is ipv4 or ipv6",
                "tcp://h:1/amps?bind=                | 'bind' needs a value",
                "tcp://h:1/amps?bind=a&bind=b        | 'bind' is given twice",
                "tcp://h h:1/amps                    | at index",
            })
    void a_wrong_part_is_named(String uri, String complaint) {
        assertThatThrownBy(() -> Endpoint.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("The form is tcp://");
    }

    @Property
    void no_message_and_no_string_form_ever_shows_the_password(
            @ForAll @AlphaChars @StringLength(min = 12, max = 20) String password,
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 12) String rest) {
        String uri = "tcp://user:" + password + "@" + rest;
        try {
            assertThat(Endpoint.parse(uri).toString()).doesNotContain(password);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining(password).hasNoCause();
        }
    }

    @Property
    void what_is_shown_can_be_read_again_but_for_the_password(
            @ForAll @AlphaChars @StringLength(min = 1, max = 10) String host,
            @ForAll @IntRange(min = 1, max = 65_535) int port,
            @ForAll boolean tls) {
        Endpoint endpoint = Endpoint.parse((tls ? "tcps://" : "tcp://") + host + ":" + port + "/amps/fix");

        assertThat(Endpoint.of(URI.create(endpoint.toString()))).isEqualTo(endpoint);
    }
}
