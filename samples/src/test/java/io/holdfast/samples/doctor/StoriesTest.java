package io.holdfast.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.doctor.diagnose.CaseFile;
import io.holdfast.samples.doctor.diagnose.Cause;
import io.holdfast.samples.doctor.diagnose.Diagnosis;
import io.holdfast.samples.doctor.diagnose.Finding;
import io.holdfast.samples.doctor.read.FileSummary;
import io.holdfast.samples.doctor.read.LogReader;
import io.holdfast.samples.doctor.read.ReadOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Made-up histories, written in every form of a log: what is a fight is found again, what is none is not taken for one. */
class StoriesTest {

    @Property(tries = 150)
    void a_fight_is_found_in_the_brokers_log(@ForAll long seed, @ForAll boolean identities) {
        Story story = Story.fight(new Random(seed), identities);
        Finding finding = only(read(Map.of("broker.log", story.brokerLog())));

        assertThat(finding.cause()).isEqualTo(Cause.NAME_COLLISION);
        assertThat(finding.name()).isEqualTo("gateway");
        assertThat(finding.losses()).isEqualTo(story.evictions());
    }

    @Property(tries = 150)
    void a_fight_is_found_in_the_logs_of_both_clients_whatever_their_form_order_and_clocks(
            @ForAll long seed,
            @ForAll("forms") Story.Form one,
            @ForAll("forms") Story.Form other,
            @ForAll("skews") long skewMillis) {
        isFound(Story.fight(new Random(seed), false), one, other, skewMillis);
    }

    /** One comes back so fast that its sessions are shorter than an eighth of a round; or a log has whole seconds, and the clocks differ. */
    @ParameterizedTest
    @CsvSource({"-89565, EPOCH, HOLDFAST, -2500", "270126, UTIL_LOGGING, HOLDFAST, -2500"})
    void fights_that_were_missed_once_are_found(long seed, Story.Form one, Story.Form other, long skewMillis) {
        isFound(Story.fight(new Random(seed), false), one, other, skewMillis);
    }

    private static void isFound(Story story, Story.Form one, Story.Form other, long skewMillis) {
        List<Finding> findings =
                read(Map.of("a.log", story.clientLog(0, one, 0), "b.log", story.clientLog(1, other, skewMillis)));

        assertThat(findings).isNotEmpty().allMatch(Finding::isCollision);
        assertThat(findings.stream().mapToLong(Finding::losses).sum())
                .isBetween(story.evictions() - 2, story.evictions());
    }

    @Property(tries = 300)
    void what_is_no_fight_is_not_taken_for_one(
            @ForAll long seed,
            @ForAll Story.Trouble trouble,
            @ForAll("forms") Story.Form form,
            @ForAll boolean withBroker) {
        Story story = Story.of(trouble, new Random(seed));
        Map<String, String> logs = withBroker
                ? Map.of(
                        "broker.log", story.brokerLog(),
                        "a.log", story.clientLog(0, form, 0),
                        "b.log", story.clientLog(1, form, 0))
                : Map.of("a.log", story.clientLog(0, form, 0), "b.log", story.clientLog(1, form, 0));

        assertThat(read(logs)).as("%s", trouble).noneMatch(Finding::isCollision);
    }

    @Property(tries = 100)
    void a_brokers_log_tells_the_cause_by_its_name(@ForAll long seed, @ForAll Story.Trouble trouble) {
        Story story = Story.of(trouble, new Random(seed));
        List<Finding> findings = read(Map.of("broker.log", story.brokerLog()));

        Cause expected = switch (trouble) {
            case RESTARTS -> Cause.BROKER_RESTART;
            case FLAPPING -> Cause.NETWORK;
            case SLOW -> Cause.SLOW_CLIENT;
            case SILENT -> Cause.HEARTBEAT;
            case KICKS -> null;
        };
        assertThat(findings).allMatch(each -> each.cause() == expected);
        assertThat(findings.isEmpty()).isEqualTo(expected == null);
    }

    @Property(tries = 300)
    void no_bytes_make_it_fail(@ForAll byte[] bytes, @ForAll long seed) {
        byte[] log = Story.fight(new Random(seed), true).brokerLog().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        for (byte each : bytes) {
            log[random.nextInt(log.length)] = each;
        }
        CaseFile caseFile = new CaseFile();
        FileSummary summary = reader("x", caseFile).read(new ByteArrayInputStream(log));

        assertThat(summary.problem()).isNull();
        assertThat(Diagnosis.of(caseFile)).allMatch(each -> each.losses() > 0);
    }

    @Provide
    Arbitrary<Story.Form> forms() {
        return Arbitraries.of(Story.Form.class);
    }

    /** Seconds of drift, and whole zones. */
    @Provide
    Arbitrary<Long> skews() {
        return Arbitraries.of(0L, 0L, 40L, -2_500L, 61_000L, 3_600_000L, -19_800_000L);
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static List<Finding> read(Map<String, String> logs) {
        CaseFile caseFile = new CaseFile();
        List<String> names = new ArrayList<>(logs.keySet());
        Collections.sort(names, Collections.reverseOrder());
        for (String each : names) {
            reader(each, caseFile).read(new ByteArrayInputStream(logs.get(each).getBytes(StandardCharsets.UTF_8)));
        }
        return Diagnosis.of(caseFile);
    }

    private static LogReader reader(String file, CaseFile caseFile) {
        return new LogReader(file, LocalDate.of(2026, 1, 20), ReadOptions.all(ZoneOffset.UTC), caseFile);
    }
}
