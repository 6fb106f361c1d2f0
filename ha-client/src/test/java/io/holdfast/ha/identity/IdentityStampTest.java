package io.holdfast.ha.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.client.message.CorrelationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityStampTest {

    private static final String NONCE = "8f3a00c4de119b27";
    private static final Instant START = Instant.parse("2026-01-01T10:02:41.250Z");

    @Property
    void what_is_stamped_is_read_again(
            @ForAll("plainText") String host,
            @ForAll @LongRange(min = 0, max = 4_000_000) long pid,
            @ForAll @LongRange(min = 0, max = 9_999_999_999_999L) long start,
            @ForAll boolean newest,
            @ForAll("token") String application) {
        IdentityStamp stamp = IdentityStamp.ofNonce(NONCE)
                .withProcess(host, pid, Instant.ofEpochMilli(start))
                .withEstablishedSince(Instant.ofEpochMilli(start + 7))
                .withPrefersNewest(newest)
                .withSdkVersion("holdfast-0.1.0:java")
                .withApplication(CorrelationId.of(application));

        assertThat(IdentityStamp.parse(stamp.toCorrelationId().value())).contains(stamp);
    }

    @Property
    void whatever_a_host_calls_itself_the_stamp_stays_in_bounds_and_is_read(
            @ForAll @StringLength(max = 300) String host,
            @ForAll @StringLength(max = 100) String version,
            @ForAll("token") String application) {
        CorrelationId id = IdentityStamp.ofNonce(NONCE)
                .withProcess(host, Long.MAX_VALUE / 10_000, START)
                .withEstablishedSince(START)
                .withPrefersNewest(true)
                .withSdkVersion(version)
                .withApplication(CorrelationId.of(application))
                .toCorrelationId();

        assertThat(Base64.getDecoder().decode(id.value().substring(3)).length).isLessThanOrEqualTo(300);
        assertThat(IdentityStamp.parse(id.value()))
                .hasValueSatisfying(read -> assertThat(read.nonce()).isEqualTo(NONCE));
    }

    @Property
    void any_text_is_a_stamp_or_is_not_and_never_an_error(@ForAll String text) {
        assertThat(IdentityStamp.parse(text)).isEmpty();
        assertThat(IdentityStamp.parse("HF1" + text)).isEmpty();
    }

    @Property
    void any_bytes_in_good_base64_are_a_stamp_or_are_not(@ForAll @Size(max = 400) byte[] bytes) {
        assertThat(IdentityStamp.parse("HF1" + Base64.getEncoder().encodeToString(bytes)))
                .isEmpty();
    }

    @Property
    void pairs_of_any_kind_give_a_valid_stamp_or_none(
            @ForAll("pairText") String pairs, @ForAll("plainText") String unknown) {
        Optional<IdentityStamp> read = parsePairs("nonce=" + NONCE + ";" + pairs + ";x=" + unknown);

        read.ifPresent(stamp ->
                assertThat(IdentityStamp.parse(stamp.toCorrelationId().value())).contains(stamp));
    }

    @Property
    void a_stamp_with_one_character_changed_is_another_stamp_or_none(
            @ForAll @net.jqwik.api.constraints.IntRange(min = 0, max = 200) int at, @ForAll char c) {
        String good = full().toCorrelationId().value();
        StringBuilder text = new StringBuilder(good);
        text.setCharAt(at % good.length(), c);

        Optional<IdentityStamp> read = IdentityStamp.parse(text.toString());
        if (!text.toString().equals(good)) {
            assertThat(read).isNotEqualTo(Optional.of(full()));
        }
    }

    @Test
    void on_the_wire_it_is_this() {
        String value = full().toCorrelationId().value();

        assertThat(value).startsWith("HF1").matches("[A-Za-z0-9+/=]+");
        assertThat(new String(Base64.getDecoder().decode(value.substring(3)), StandardCharsets.UTF_8))
                .isEqualTo("nonce=8f3a00c4de119b27;host=app-13;pid=920;start=1767261761250;since=1767261761250;"
                        + "sdk=holdfast-0.1.0:java;app=b3JkZXJz");
    }

    @Test
    void a_stamp_may_disclose_nothing_but_the_nonce() {
        String value = IdentityStamp.ofNonce(NONCE).toCorrelationId().value();

        assertThat(new String(Base64.getDecoder().decode(value.substring(3)), StandardCharsets.UTF_8))
                .isEqualTo("nonce=" + NONCE);
        assertThat(IdentityStamp.parse(value)).contains(IdentityStamp.ofNonce(NONCE));
    }

    @Test
    void keys_of_a_later_version_are_passed_over() {
        assertThat(parsePairs("zone=eu-1;nonce=" + NONCE)).contains(IdentityStamp.ofNonce(NONCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host=app-13",
                "nonce=8f3a",
                "nonce=8F3A00C4DE119B27",
                "nonce=8f3a00c4de119b27;",
                "nonce=8f3a00c4de119b27;nonce=8f3a00c4de119b27",
                "nonce=8f3a00c4de119b27;pid=-1",
                "nonce=8f3a00c4de119b27;pid=007",
                "nonce=8f3a00c4de119b27;pid=99999999999999999999",
                "nonce=8f3a00c4de119b27;prefer=me",
                "nonce=8f3a00c4de119b27;host=a\nb",
                "nonce=8f3a00c4de119b27;app=not base64",
                "nonce=8f3a00c4de119b27;Host=x",
                "nonce=8f3a00c4de119b27;a=;b=;c=;d=;e=;f=;g=;h=;i=;j=;k=;l=;m=;n=;o=;p=;q="
            })
    void what_is_not_to_the_letter_is_opaque(String pairs) {
        assertThat(parsePairs(pairs)).isEmpty();
    }

    @Test
    void base64_with_a_second_spelling_is_opaque() {
        String value = IdentityStamp.ofNonce(NONCE)
                .withSdkVersion("1")
                .toCorrelationId()
                .value();

        assertThat(value).endsWith("==");
        assertThat(IdentityStamp.parse(value.substring(0, value.length() - 2))).isEmpty();
        assertThat(IdentityStamp.parse(value + "\n")).isEmpty();
        assertThat(IdentityStamp.parse(null)).isEmpty();
    }

    @Test
    void an_own_correlation_id_that_is_too_long_is_refused_before_anything_is_sent() {
        IdentityStamp stamp = IdentityStamp.ofNonce(NONCE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stamp.withApplication(CorrelationId.of("a".repeat(65))))
                .withMessageContaining("at most 64 characters");
    }

    private static IdentityStamp full() {
        return IdentityStamp.ofNonce(NONCE)
                .withProcess("app-13", 920, START)
                .withEstablishedSince(START)
                .withSdkVersion("holdfast-0.1.0:java")
                .withApplication(CorrelationId.of("b3JkZXJz"));
    }

    private static Optional<IdentityStamp> parsePairs(String pairs) {
        return IdentityStamp.parse("HF1" + Base64.getEncoder().encodeToString(pairs.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<String> plainText() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("AZ09-_. :äß水")
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> token() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("AZ09+/=")
                .ofMinLength(1)
                .ofMaxLength(64);
    }

    @Provide
    Arbitrary<String> pairText() {
        Arbitrary<String> keys = Arbitraries.of("host", "pid", "start", "since", "prefer", "sdk", "app", "nonce", "q");
        Arbitrary<String> values = Arbitraries.oneOf(
                plainText(), Arbitraries.longs().map(String::valueOf), Arbitraries.of("newest", "senior", "0", ""));
        return keys.flatMap(key -> values.map(value -> key + "=" + value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .map(pairs -> String.join(";", pairs));
    }
}
