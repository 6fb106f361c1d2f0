package io.holdfast.ha.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.collision.Detection;
import io.holdfast.ha.collision.Detection.Horizon;
import io.holdfast.ha.collision.Preference;
import io.holdfast.ha.collision.PublishInStandby;
import io.holdfast.ha.collision.StandbyTiming;
import io.holdfast.ha.config.ConfigurationException.Mistake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The keys {@code holdfast.collision.*}. */
class CollisionConfigTest {

    @Test
    void without_a_key_everything_is_as_the_options_have_it_by_default() {
        assertThat(ConfigLoader.empty("holdfast").load().collision()).isEqualTo(CollisionOptions.DEFAULTS);
    }

    @Test
    void every_key_reaches_the_field_it_belongs_to() {
        CollisionOptions options = loader(Map.ofEntries(
                        Map.entry("policy", "back-off"),
                        Map.entry("watch", "always"),
                        Map.entry("publish-in-standby", "store"),
                        Map.entry("prefer", "newest"),
                        Map.entry("callback-timeout", "1s"),
                        Map.entry("repeat-after", "2s"),
                        Map.entry("fast.half-life", "3s"),
                        Map.entry("fast.counts-under", "4s"),
                        Map.entry("fast.suspect-at", "2.125"),
                        Map.entry("fast.senior-yields-at", "6"),
                        Map.entry("slow.half-life", "7s"),
                        Map.entry("slow.counts-under", "8s"),
                        Map.entry("slow.suspect-at", "9"),
                        Map.entry("slow.senior-yields-at", "10.5"),
                        Map.entry("seniority", "11s"),
                        Map.entry("coincidence", "12s"),
                        Map.entry("winner-bears", "0"),
                        Map.entry("standby.release-jitter", "13s"),
                        Map.entry("standby.holder-return", "14s"),
                        Map.entry("standby.first-probe", "15s"),
                        Map.entry("standby.max-probe", "16s"),
                        Map.entry("standby.probe-spread", "0"),
                        Map.entry("standby.won-after", "17s"),
                        Map.entry("standby.won-factor", "18"),
                        Map.entry("take-over-interval", "19s")))
                .load()
                .collision();

        assertThat(options)
                .isEqualTo(new CollisionOptions(
                        CollisionPolicy.BACK_OFF,
                        CollisionWatch.ALWAYS,
                        PublishInStandby.STORE,
                        Preference.NEWEST,
                        seconds(1),
                        seconds(2),
                        new Detection(
                                new Horizon(seconds(3), seconds(4), 2.125, 6),
                                new Horizon(seconds(7), seconds(8), 9, 10.5),
                                seconds(11),
                                seconds(12),
                                0),
                        new StandbyTiming(
                                seconds(13), seconds(14), seconds(15), seconds(16), 0, seconds(17), 18, seconds(19))));
    }

    @Test
    void values_that_do_not_go_together_are_among_the_problems() {
        assertThat(problemsOf(Map.of(
                        "fast.counts-under", "20m",
                        "fast.senior-yields-at", "2.25",
                        "slow.suspect-at", "8",
                        "standby.max-probe", "5s")))
                .containsExactly(
                        "holdfast.collision.fast.counts-under = \"20m\" (code):"
                                + " is above holdfast.collision.slow.counts-under, which is 10m",
                        "holdfast.collision.fast.senior-yields-at = \"2.25\" (code):"
                                + " is below holdfast.collision.fast.suspect-at, which is 2.5",
                        "holdfast.collision.slow.suspect-at = \"8\" (code):"
                                + " is above holdfast.collision.slow.senior-yields-at, which is 7",
                        "holdfast.collision.standby.max-probe = \"5s\" (code):"
                                + " is below holdfast.collision.standby.first-probe, which is 60s");
    }

    @Test
    void a_threshold_that_a_pair_of_evictions_reaches_is_out_of_range() {
        assertThat(problemsOf(Map.of("fast.suspect-at", "2")))
                .containsExactly(
                        "holdfast.collision.fast.suspect-at = \"2\" (code): is out of range; allowed: 2.01..1000");
    }

    @Property
    void whatever_is_written_gives_options_or_problems(@ForAll("texts") Map<String, String> texts) {
        ConfigLoader loader = loader(texts);
        try {
            assertThat(loader.load().collision()).isNotNull();
        } catch (ConfigurationException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<Map<String, String>> texts() {
        Arbitrary<String> keys = Arbitraries.of(
                "fast.counts-under",
                "slow.counts-under",
                "fast.suspect-at",
                "fast.senior-yields-at",
                "slow.suspect-at",
                "slow.senior-yields-at",
                "winner-bears",
                "standby.first-probe",
                "standby.max-probe",
                "standby.probe-spread",
                "standby.won-factor",
                "take-over-interval");
        Arbitrary<String> values = Arbitraries.of(
                "0",
                "0.5",
                "0.51",
                "1",
                "2",
                "2.0",
                "2.01",
                "3.5",
                "5",
                "7.25",
                "100",
                "101",
                "1000",
                "1000.1",
                "1ms",
                "PT0.0001S",
                "59s",
                "20m",
                "24h",
                "25h");
        return Arbitraries.maps(keys, values).ofMaxSize(6);
    }

    private static List<String> problemsOf(Map<String, String> texts) {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> loader(texts).load());
        return refused.problems().stream().map(Mistake::text).toList();
    }

    private static ConfigLoader loader(Map<String, String> texts) {
        ConfigLoader loader = ConfigLoader.empty("holdfast");
        texts.forEach((key, text) -> loader.set("holdfast.collision." + key, text));
        return loader;
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
