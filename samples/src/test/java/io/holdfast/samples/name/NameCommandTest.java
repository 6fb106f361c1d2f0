package io.holdfast.samples.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameKeeper;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.OpenInput;
import io.holdfast.samples.fake.TestProcess;
import io.holdfast.samples.fake.WatchedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameCommandTest {

    @TempDir
    Path state;

    @Test
    void before_the_first_start_it_shows_the_form_of_the_name_and_makes_nothing() {
        TestProcess process = process("orders");

        assertThat(process.run("name")).isZero();

        List<String> lines = process.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("name    orders.").endsWith(".0-****");
        assertThat(lines.get(1)).isEqualTo("source  holdfast.app (the lowest free slot of the application)");
        assertThat(process.err()).isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void it_shows_who_holds_which_slot_and_which_name_is_next() {
        IdentityOptions options = slots("orders");
        HeldName first = acquire(options);
        HeldName second = acquire(options);
        second.close();
        TestProcess process = process("orders");
        try (first) {
            assertThat(process.run("name")).isZero();
        }

        List<String> lines = process.out().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("name    " + second.name());
        assertThat(lines.get(3).split(" +", -1)).containsExactly("SLOT", "NAME", "FOLDER", "STATE");
        assertThat(lines.get(4))
                .matches("0 +\\Q" + first.name() + "\\E +\\Q" + state + "\\E/orders/slot-0 +held by host=\\S+ pid="
                        + ProcessHandle.current().pid() + " since=\\S+");
        assertThat(lines.get(5)).matches("1 +\\Q" + second.name() + "\\E +\\Q" + state + "\\E/orders/slot-1 +free");
        assertThat(lines.get(4).indexOf("held by")).isEqualTo(lines.get(3).indexOf("STATE"));
    }

    @Test
    void a_file_of_properties_takes_part() throws IOException {
        Path file = Files.writeString(state.resolve("holdfast.properties"), "holdfast.client.name=pricing\n");
        TestProcess process = process("orders");

        assertThat(process.run("name --config " + file)).isZero();

        assertThat(process.out())
                .startsWith("name    pricing\nsource  holdfast.client.name (the whole name is given)\n")
                .contains("-     -     " + state + "/orders/name-pricing  free");
    }

    @Test
    void a_name_that_is_held_is_shown_with_its_holder_and_code_nine() {
        TestProcess process = process("orders");
        process.environment.put("HOLDFAST_CLIENT_NAME", "pricing");
        try (HeldName held =
                acquire(slots("orders").toBuilder().clientName("pricing").build())) {
            assertThat(held.name()).isEqualTo("pricing");
            assertThat(process.run("name")).isEqualTo(ExitCode.NO_NAME.code());
        }
        assertThat(process.out()).startsWith("name    -\n");
        assertThat(process.errLines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("holdfast name: there is no name to be had: folder " + state
                        + "/orders/name-pricing is held by" + " host=");
    }

    @Test
    void a_damaged_name_is_told_and_not_promised() throws IOException {
        acquire(slots("orders")).close();
        Files.writeString(state.resolve("orders/slot-0/name"), "");
        TestProcess process = process("orders");

        assertThat(process.run("name")).isEqualTo(ExitCode.NO_NAME.code());

        assertThat(process.out()).startsWith("name    -\n").contains("not usable: EMPTY: it holds nothing");
        assertThat(process.errLines()).hasSize(1);
    }

    @Test
    void a_wrong_configuration_is_one_line_with_every_problem_and_no_secret() {
        TestProcess process = process("orders");
        process.environment.put("HOLDFAST_CONNECT_TIMEOUT", "10");
        process.environment.put("HOLDFAST_IDENTITY_ON_COPY", "perhaps");
        process.environment.put("HOLDFAST_PASSWORD", "s3cr3t");

        assertThat(process.run("name")).isEqualTo(ExitCode.USAGE.code());

        assertThat(process.errLines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("holdfast name: the configuration is wrong: ")
                .contains("holdfast.connect.timeout", "holdfast.identity.on-copy", "environment variable")
                .doesNotContain("s3cr3t");
        assertThat(process.out()).isEmpty();
    }

    @Test
    void a_held_name_is_free_again_when_standard_input_ends() throws Exception {
        OpenInput in = new OpenInput();
        WatchedOutput out = new WatchedOutput();
        TestProcess holder = process("orders").in(in).out(out);
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> holder.run("name --hold"));
        out.await(" slot=0 folder=" + state + "/orders/slot-0");

        try (HeldName other = acquire(slots("orders"))) {
            assertThat(other.slot()).hasValue(1);
        }
        in.close();

        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        try (HeldName other = acquire(slots("orders"))) {
            assertThat(other.slot()).hasValue(0);
        }
    }

    @Test
    void a_signal_gives_the_name_back() throws Exception {
        OpenInput in = new OpenInput();
        WatchedOutput out = new WatchedOutput();
        TestProcess holder = process("orders").in(in).out(out);
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> holder.run("name --hold"));
        out.await("holding orders.");

        holder.stop.complete(null);

        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(state.resolve("orders/slot-0/mark")).doesNotExist();
        in.close();
    }

    @Test
    void a_name_that_somebody_holds_cannot_be_held_twice() {
        TestProcess process = process("orders");
        process.environment.put("HOLDFAST_CLIENT_NAME", "pricing");
        try (HeldName held =
                acquire(slots("orders").toBuilder().clientName("pricing").build())) {
            assertThat(held.name()).isEqualTo("pricing");
            assertThat(process.run("name --hold")).isEqualTo(ExitCode.NO_NAME.code());
        }
        assertThat(process.errLines())
                .hasSize(1)
                .first()
                .asString()
                .contains("client name pricing is held by another client of this JVM");
    }

    private TestProcess process(String app) {
        TestProcess process = new TestProcess(() -> {
            throw new AssertionError("a name needs no connection");
        });
        process.environment.put("HOLDFAST_APP", app);
        process.environment.put("HOLDFAST_STATE_DIR", state.toString());
        return process;
    }

    private IdentityOptions slots(String app) {
        return IdentityOptions.builder().app(app).stateDir(state).build();
    }

    private static HeldName acquire(IdentityOptions options) {
        return NameKeeper.of(options).acquire(Set.of(), (name, lost) -> {});
    }
}
