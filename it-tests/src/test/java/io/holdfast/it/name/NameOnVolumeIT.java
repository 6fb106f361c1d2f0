package io.holdfast.it.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a name on a volume survives, and what it does not. */
class NameOnVolumeIT {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final StateVolume volume = open(StateVolume.create());

    @AfterEach
    void remove_everything() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void a_restarted_container_gets_its_name_back() {
        NameProgram program = open(volume.start());
        String held = program.answer(1);
        assertThat(held).startsWith("holding orders.").contains(" source=holdfast.app slot=0 ");

        program.stop();
        program.startAgain();
        assertThat(program.answer(2)).isEqualTo(held);

        program.kill();
        program.startAgain();
        assertThat(program.answer(3)).isEqualTo(held);
    }

    @Test
    void a_new_container_on_the_volume_gets_the_name_that_is_on_it() {
        NameProgram before = open(volume.start());
        String held = before.answer(1);
        before.stop();
        before.close();

        assertThat(open(volume.start()).answer(1)).isEqualTo(held);
    }

    @Test
    void two_containers_on_one_volume_get_different_slots() {
        NameProgram one = open(volume.start());
        NameProgram two = open(volume.start());

        assertThat(name(one.answer(1))).isNotEqualTo(name(two.answer(1)));
        assertThat(slot(one.answer(1)) + slot(two.answer(1)))
                .as("slots 0 and 1, whoever came first")
                .isIn("01", "10");
    }

    @Test
    void a_copied_volume_is_refused_and_the_original_is_not() {
        NameProgram original = open(volume.start());
        String held = original.answer(1);
        original.stop();
        StateVolume copy = open(volume.copy());

        assertThat(open(copy.start()).answer(1))
                .startsWith("holdfast name: folder ")
                .contains(
                        "/orders/slot-0 with client name " + name(held) + " is a copy of one made in path=",
                        "delete the folder or set holdfast.identity.on-copy=regenerate");

        original.startAgain();
        assertThat(original.answer(2)).isEqualTo(held);
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    private static String name(String answer) {
        assertThat(answer).startsWith("holding ");
        return answer.split(" ", -1)[1];
    }

    private static String slot(String answer) {
        return answer.replaceFirst(".* slot=(\\S+) .*", "$1");
    }
}
