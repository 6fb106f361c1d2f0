package io.holdfast.ha.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.application.Checkout;
import io.holdfast.client.error.IdentityInUseException;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.ha.identity.IdentityOptions.Disclose;
import io.holdfast.ha.identity.IdentityOptions.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The identity in its real surroundings: this process, this machine, a thread that beats. */
class NameKeeperTest {

    @TempDir
    Path state;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(NameKeeper.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop_listening() {
        logger.detachAppender(log);
    }

    @Test
    void two_clients_of_one_process_take_two_slots_and_one_line_says_so_for_each() {
        IdentityOptions options = slot();
        try (HeldName one = Checkout.makeClient(options, Set.of());
                HeldName two = Checkout.makeClient(options, Set.of())) {
            assertThat(one.name()).isNotEqualTo(two.name());
            assertThat(two.slot()).hasValue(1);
            assertThat(one.stamp().nonce())
                    .as("one process")
                    .isEqualTo(two.stamp().nonce());
            assertThat(infoLines())
                    .containsExactly(
                            "HF-2001 name-acquired client_name=" + one.name()
                                    + " name_source=holdfast.app slot=0 folder=\"" + state + "/orders/slot-0\"",
                            "HF-2001 name-acquired client_name=" + two.name()
                                    + " name_source=holdfast.app slot=1 folder=\"" + state + "/orders/slot-1\"");
        }
        assertThat(state.resolve("orders/slot-0/mark")).doesNotExist();
        assertThat(threads()).isEmpty();
    }

    @Test
    void a_second_client_of_the_name_is_told_where_the_first_was_made() {
        IdentityOptions options = slot().toBuilder().clientName("pricing").build();
        try (HeldName first = Checkout.makeClient(options, Set.of("tcp://a:1"))) {
            assertThatThrownBy(() -> NameKeeper.of(options).acquire(Set.of("tcp://a:1"), (name, lost) -> {}))
                    .isInstanceOfSatisfying(IdentityInUseException.class, e -> {
                        assertThat(e.name()).isEqualTo("pricing");
                        assertThat(e.createdAt())
                                .contains("io.holdfast.application.Checkout.makeClient(Checkout.java:");
                        assertThat(e).hasMessageContaining("is held by another client of this JVM, created at ");
                    });
            assertThat(first.isHeld()).isTrue();
        }
        Checkout.makeClient(options, Set.of("tcp://a:1")).close();
    }

    @Test
    void without_a_folder_the_server_group_tells_whether_two_clients_collide() {
        IdentityOptions options =
                slot().toBuilder().clientName("pricing").mode(Mode.EPHEMERAL).build();
        try (HeldName ab = Checkout.makeClient(options, Set.of("tcp://a:1", "tcp://b:1"));
                HeldName c = Checkout.makeClient(options, Set.of("tcp://c:1"))) {
            assertThat(ab.name()).isEqualTo(c.name());
            assertThatThrownBy(() -> Checkout.makeClient(options, Set.of("tcp://b:1")))
                    .isInstanceOf(IdentityInUseException.class);
            assertThatThrownBy(() -> Checkout.makeClient(options, Set.of())).isInstanceOf(IdentityInUseException.class);
        }
    }

    @Test
    void an_ephemeral_name_leaves_nothing_on_disk_and_says_so() throws Exception {
        IdentityOptions options = slot().toBuilder().mode(Mode.EPHEMERAL).build();
        try (HeldName one = Checkout.makeClient(options, Set.of());
                HeldName two = Checkout.makeClient(options, Set.of())) {
            assertThat(one.source()).isEqualTo(NameSource.EPHEMERAL);
            assertThat(one.name()).matches("orders\\..+\\.e-[b-z2-9]{10}").isNotEqualTo(two.name());
            assertThat(one.folder()).isEmpty();
            assertThat(infoLines().get(0)).startsWith("HF-2002 ephemeral-name client_name=" + one.name());
        }
        try (var files = Files.list(state)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void the_stamp_tells_the_process_or_only_a_nonce() {
        try (HeldName full = Checkout.makeClient(slot(), Set.of());
                HeldName nonce = Checkout.makeClient(
                        slot().toBuilder().disclose(Disclose.NONCE).build(), Set.of())) {
            assertThat(full.stamp().pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(full.stamp().establishedSince()).isEqualTo(full.since());
            assertThat(nonce.stamp())
                    .isEqualTo(IdentityStamp.ofNonce(full.stamp().nonce()));
        }
    }

    @Test
    void a_replaced_mark_is_told_once_and_the_name_is_not_held_any_more() throws Exception {
        CompletableFuture<IdentityLostException> told = new CompletableFuture<>();
        try (HeldName name = NameKeeper.of(slot()).acquire(Set.of(), (held, lost) -> {
            held.close();
            told.complete(lost);
        })) {
            Path mark = state.resolve("orders/slot-0/mark");
            // What another machine would have left there.
            Files.writeString(mark, "holdfast-mark 2\n");

            IdentityLostException lost = told.get(30, TimeUnit.SECONDS);

            assertThat(lost).hasMessageContaining("was lost: another process took over folder");
            assertThat(name.isHeld()).isFalse();
            assertThat(mark).content().isEqualTo("holdfast-mark 2\n");
        }
    }

    private IdentityOptions slot() {
        return IdentityOptions.builder().app("orders").stateDir(state).build();
    }

    private List<String> infoLines() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.INFO)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("holdfast-mark-"))
                .toList();
    }
}
