package io.holdfast.ha.collision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ha.collision.Detection.Horizon;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CollisionOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void the_defaults_are_those_of_the_documentation() {
        assertThat(CollisionOptions.DEFAULTS.policy()).isEqualTo(CollisionPolicy.STANDBY);
        assertThat(CollisionOptions.DEFAULTS.watch()).isEqualTo(CollisionWatch.ON_SUSPICION);
        assertThat(CollisionOptions.DEFAULTS.publishInStandby()).isEqualTo(PublishInStandby.REJECT);
        assertThat(CollisionOptions.DEFAULTS.prefer()).isEqualTo(Preference.SENIOR);
        assertThat(Detection.DEFAULTS.winnerBears()).isEqualTo(3);
    }

    @Test
    void a_threshold_that_a_pair_of_evictions_reaches_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Horizon(SECOND, SECOND, 2, 3))
                .withMessageContaining("suspectAt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Horizon(SECOND, SECOND, Double.NaN, 3))
                .withMessageContaining("suspectAt");
    }

    @Test
    void a_senior_never_yields_sooner_than_others() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Horizon(SECOND, SECOND, 3, 2.9))
                .withMessageContaining("seniorYieldsAt");
    }

    @Test
    void durations_are_positive_and_at_most_a_day() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Horizon(Duration.ZERO, SECOND, 3, 3))
                .withMessageContaining("halfLife");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Horizon(SECOND, Duration.ofDays(2), 3, 3))
                .withMessageContaining("countsUnder");
    }

    @Test
    void the_longest_probe_is_not_shorter_than_the_first() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new StandbyTiming(SECOND, SECOND, Duration.ofSeconds(2), SECOND, 0.25, SECOND, 3, SECOND))
                .withMessageContaining("maxProbe");
    }
}
