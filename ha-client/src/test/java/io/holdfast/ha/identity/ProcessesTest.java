package io.holdfast.ha.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.HoldName;
import io.holdfast.application.Jvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on a real file system. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ProcessesTest {

    private static final int MANY = 50;

    @TempDir
    Path state;

    private final List<Jvm> running = new ArrayList<>();

    @AfterEach
    void nothing_stays_behind() throws Exception {
        for (Jvm jvm : running) {
            jvm.close();
        }
    }

    @Test
    void fifty_processes_started_at_once_get_fifty_names_and_get_them_again() throws Exception {
        List<String> first = startAtOnce(MANY);
        Set<String> names = words(first, 0);

        assertThat(names).hasSize(MANY);
        assertThat(words(first, 1))
                .isEqualTo(IntStream.range(0, MANY).mapToObj(String::valueOf).collect(Collectors.toSet()));
        for (int i = 0; i < MANY; i++) {
            running.get(i).kill();
        }
        running.clear();
        List<String> second = startAtOnce(3);
        assertThat(names).containsAll(words(second, 0));
        assertThat(new TreeSet<>(words(second, 1))).containsExactly("0", "1", "2");
    }

    @Test
    void after_kill_nine_the_slot_is_given_back_at_once_with_its_name() throws Exception {
        Jvm first = start();
        String name = first.line().split(" ", -1)[0];
        first.kill();

        String[] second = start().line().split(" ", -1);

        assertThat(second[0]).isEqualTo(name);
        assertThat(Long.parseLong(second[2]))
                .as("milliseconds to acquire; a watched mark takes ten seconds")
                .isLessThan(10_000);
    }

    @Test
    void a_process_that_ends_gives_its_name_back() throws Exception {
        Jvm first = start();
        String name = first.line().split(" ", -1)[0];
        first.end();

        assertThat(start().line()).startsWith(name + " 0 ");
        assertThat(state.resolve("orders/slot-0/mark")).exists();
    }

    @Test
    void an_explicit_name_held_by_another_process_is_refused_with_its_pid() throws Exception {
        Jvm holder = start("pricing");
        assertThat(holder.line()).startsWith("pricing -1 ");

        assertThat(start("pricing").line())
                .startsWith("IdentityInUseException client name pricing is held by host=")
                .contains(" pid=" + holder.pid() + " since=20");
    }

    private List<String> startAtOnce(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            start();
        }
        List<String> lines = new ArrayList<>();
        for (Jvm jvm : running) {
            lines.add(jvm.line());
        }
        return lines;
    }

    private Jvm start(String... name) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(state.toString(), "orders"));
        arguments.addAll(List.of(name));
        Jvm jvm = Jvm.start(HoldName.class, arguments.toArray(new String[0]));
        running.add(jvm);
        return jvm;
    }

    private static Set<String> words(List<String> lines, int index) {
        return lines.stream().map(line -> line.split(" ", -1)[index]).collect(Collectors.toSet());
    }
}
