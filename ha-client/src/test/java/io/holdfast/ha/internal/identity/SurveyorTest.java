package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.identity.NameSurvey;
import io.holdfast.ha.internal.identity.FakeWorld.FakeMachine;
import io.holdfast.ha.internal.identity.FakeWorld.FakeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyorTest {

    @TempDir
    Path folder;

    @Test
    void before_the_first_start_the_name_is_shown_without_its_token_and_nothing_is_made() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);

        NameSurvey survey = survey(world.machine("app-13"), world.options());

        assertThat(survey.source()).isEqualTo(NameSource.SLOT);
        assertThat(survey.name()).contains("orders.app-13.0-****");
        assertThat(survey.folders()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_next_name_is_that_of_the_lowest_slot_without_a_living_holder() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeMachine machine = world.machine("app-13");
        FakeProcess first = machine.process();
        first.acquire(world.options());
        FakeProcess dead = machine.process();
        HeldName free = dead.acquire(world.options());
        machine.process().acquire(world.options());
        dead.kill();

        NameSurvey survey = survey(machine, world.options());

        assertThat(survey.name()).contains(free.name());
        assertThat(survey.folders()).extracting(NameSurvey.Entry::isHeld).containsExactly(true, false, true);
        assertThat(survey.folders().get(0).holder().pid()).isEqualTo(first.pid);
        assertThat(machine.process().acquire(world.options()).name()).isEqualTo(free.name());
        assertThat(survey(machine, world.options()).name()).contains("orders.app-13.3-****");
    }

    @Test
    void a_given_name_that_is_held_or_damaged_is_not_to_be_had() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);
        IdentityOptions named =
                world.options().toBuilder().clientName("pricing").build();
        FakeMachine machine = world.machine("app-13");
        assertThat(survey(machine, named).name()).contains("pricing");
        FakeProcess holder = machine.process();
        holder.acquire(named);
        assertThat(survey(machine, named).name()).isEmpty();
        holder.held.close();
        Files.writeString(folder.resolve("orders/name-pricing/name"), "");

        NameSurvey survey = survey(machine, named);

        assertThat(survey.name()).isEmpty();
        assertThat(survey.folders().get(0).problem()).isEqualTo("EMPTY: it holds nothing");
    }

    @Test
    void a_copy_is_not_promised_unless_the_policy_takes_it() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeMachine machine = world.machine("app-13");
        FakeProcess process = machine.process();
        String name = process.acquire(world.options()).name();
        process.held.close();
        Path slot = folder.resolve("orders/slot-0");
        Path original = Files.move(slot, folder.resolve("original"));
        Files.createDirectories(slot);
        Files.copy(original.resolve("name"), slot.resolve("name"));

        NameSurvey survey = survey(machine, world.options());

        assertThat(survey.name()).isEmpty();
        assertThat(survey.folders().get(0).name()).isEqualTo(name);
        assertThat(survey.folders().get(0).problem()).startsWith("COPIED: it was made in path=");
        assertThat(survey(machine, onCopy(world, IdentityOptions.OnCopy.ACCEPT)).name())
                .contains(name);
        assertThat(survey(machine, onCopy(world, IdentityOptions.OnCopy.REGENERATE))
                        .name())
                .contains("orders.app-13.0-****");
    }

    private static IdentityOptions onCopy(FakeWorld world, IdentityOptions.OnCopy policy) {
        return world.options().toBuilder().onCopy(policy).build();
    }

    private static NameSurvey survey(FakeMachine machine, IdentityOptions options) throws Exception {
        return new Surveyor(options, machine.process().around(Map.of())).survey();
    }
}
