package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.IdentityCopiedException;
import io.holdfast.client.error.IdentityDamagedException;
import io.holdfast.client.error.IdentityDamagedException.Damage;
import io.holdfast.client.error.IdentityMovedException;
import io.holdfast.client.error.IdentityUnavailableException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityOptions.OnCopy;
import io.holdfast.ha.identity.IdentityOptions.OnDamage;
import io.holdfast.ha.identity.IdentityOptions.OnMove;
import io.holdfast.ha.internal.identity.FakeWorld.FakeMachine;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.PublishStores;
import io.holdfast.ha.internal.store.StoreThread;
import io.holdfast.ha.store.PublishStoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a name whose file is damaged, or whose folder was copied or moved. */
class NameRecoveryTest {

    @TempDir
    Path temp;

    private FakeWorld world;
    private FakeMachine machine;
    private Path slot;
    private String name;

    @BeforeEach
    void a_name_was_made() throws IOException {
        world = new FakeWorld(Files.createDirectory(temp.resolve("volume")), 1);
        machine = world.machine("app-13");
        slot = world.volume.resolve("orders/slot-0");
        name = start(world.options());
    }

    @Test
    void nobody_else_may_look_at_what_is_kept() throws IOException {
        machine.process().acquire(world.options());

        assertThat(permissions(world.volume.resolve("orders"))).isEqualTo("rwx------");
        assertThat(permissions(slot)).isEqualTo("rwx------");
        assertThat(permissions(slot.resolve("name"))).isEqualTo("rw-------");
        assertThat(permissions(slot.resolve("mark"))).isEqualTo("rw-------");
    }

    @Test
    void a_torn_empty_foreign_or_future_file_is_refused_and_left_as_it_is() throws IOException {
        byte[] good = Files.readAllBytes(slot.resolve("name"));
        for (Damage damage : Damage.values()) {
            byte[] bad = damaged(damage, good);
            Files.write(slot.resolve("name"), bad);

            assertThatThrownBy(() -> start(world.options()))
                    .isInstanceOfSatisfying(IdentityDamagedException.class, e -> {
                        assertThat(e.damage()).isEqualTo(damage);
                        assertThat(e.file()).isEqualTo(slot.resolve("name").toString());
                        assertThat(e).hasMessageContaining("holdfast.identity.on-damage=set-aside");
                    });
            assertThat(slot.resolve("name")).hasBinaryContent(bad);
        }
        Files.write(slot.resolve("name"), good);
        assertThat(start(world.options())).as("the refusals left nothing held").isEqualTo(name);
    }

    @Test
    void a_damaged_file_is_set_aside_if_that_is_the_policy() throws IOException {
        Files.writeString(slot.resolve("name"), "x");
        IdentityOptions options =
                world.options().toBuilder().onDamage(OnDamage.SET_ASIDE).build();

        String fresh = start(options);

        assertThat(fresh).isNotEqualTo(name);
        assertThat(slot.resolve("name.damaged")).hasContent("x");
        assertThat(start(world.options())).isEqualTo(fresh);
        Files.writeString(slot.resolve("name"), "y");
        start(options);
        assertThat(slot.resolve("name.damaged")).hasContent("x");
        assertThat(slot.resolve("name.damaged-2")).hasContent("y");
    }

    @Test
    void a_damaged_file_is_not_set_aside_while_the_stores_hold_messages() throws IOException {
        Files.writeString(slot.resolve("name"), "x");
        aMessageIsStored();

        assertThatThrownBy(() -> start(
                        world.options().toBuilder().onDamage(OnDamage.SET_ASIDE).build()))
                .isInstanceOf(IdentityDamagedException.class)
                .hasMessageContaining("its stores hold messages");
    }

    @Test
    void the_damaged_file_of_an_explicit_name_costs_nothing_but_the_file() throws IOException {
        IdentityOptions named = world.options().toBuilder()
                .clientName("Pricing EU")
                .onDamage(OnDamage.SET_ASIDE)
                .build();
        start(named);
        Path folder = world.volume.resolve("orders/name-" + FolderName.of("Pricing EU"));
        Files.writeString(folder.resolve("name"), "");

        assertThat(start(named)).isEqualTo("Pricing EU");
        assertThat(folder.resolve("name.damaged")).isEmptyFile();
    }

    @Test
    void the_file_of_another_name_is_foreign() throws IOException {
        IdentityOptions named =
                world.options().toBuilder().clientName("pricing").build();
        start(named);
        Files.copy(
                slot.resolve("name"),
                world.volume.resolve("orders/name-pricing/name"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> start(named))
                .isInstanceOf(IdentityDamagedException.class)
                .hasMessageContaining("is FOREIGN: it holds another name");
    }

    @Test
    void a_copied_folder_is_refused_and_the_message_says_what_came_from_where() throws IOException {
        copyTheVolume();
        Path made = temp.toRealPath().resolve("volume/orders/slot-0");

        assertThatThrownBy(() -> start(world.options())).isInstanceOfSatisfying(IdentityCopiedException.class, e -> {
            assertThat(e.name()).isEqualTo(name);
            assertThat(e.folder()).isEqualTo(slot.toString());
            assertThat(e.madeIn()).startsWith("path=" + made + " machine=");
            assertThat(e)
                    .hasMessageContaining("holdfast.identity.on-copy=accept once")
                    .hasMessageContaining("holdfast.identity.on-copy=regenerate");
        });
    }

    @Test
    void a_copied_folder_gets_a_new_name_if_that_is_the_policy_and_keeps_the_old_file() throws IOException {
        copyTheVolume();

        String fresh =
                start(world.options().toBuilder().onCopy(OnCopy.REGENERATE).build());

        assertThat(fresh).isNotEqualTo(name);
        assertThat(slot.resolve("name.copied")).content().contains("name=" + name);
        assertThat(start(world.options())).isEqualTo(fresh);
    }

    @Test
    void a_copied_folder_gets_no_new_name_while_its_stores_hold_messages() throws IOException {
        copyTheVolume();
        aMessageIsStored();

        assertThatThrownBy(() -> start(
                        world.options().toBuilder().onCopy(OnCopy.REGENERATE).build()))
                .isInstanceOf(IdentityCopiedException.class)
                .hasMessageContaining("its stores hold messages");
        assertThat(slot.resolve("name")).content().contains("name=" + name);
    }

    @Test
    void a_copied_folder_gets_no_new_name_while_its_publish_store_holds_a_message() throws IOException {
        PublishStore store = publishStore();
        store.append(PublishRequest.of(Topic.of("orders"), Payload.utf8("a message")));
        store.close(Duration.ofSeconds(1));
        copyTheVolume();

        assertThatThrownBy(() -> start(
                        world.options().toBuilder().onCopy(OnCopy.REGENERATE).build()))
                .isInstanceOf(IdentityCopiedException.class)
                .hasMessageContaining("its stores hold messages");
    }

    @Test
    void stores_without_a_message_are_put_aside_with_the_old_name() throws IOException {
        publishStore().close(Duration.ofSeconds(1));
        Files.createDirectory(slot.resolve("stores/bookmark"));
        copyTheVolume();

        String fresh =
                start(world.options().toBuilder().onCopy(OnCopy.REGENERATE).build());

        assertThat(fresh).isNotEqualTo(name);
        assertThat(slot.resolve("stores")).doesNotExist();
        assertThat(slot.resolve("stores.copied/publish")).isDirectory();
        assertThat(slot.resolve("stores.copied/bookmark")).isDirectory();
    }

    private PublishStore publishStore() {
        return PublishStores.file(
                PublishStoreOptions.file(),
                slot.resolve("stores/publish"),
                name,
                StoreThread.borrowed(Runnable::run, (delay, task) -> () -> {}),
                world.clock,
                new SplittableRandom(1));
    }

    @Test
    void an_accepted_copy_is_the_original_from_then_on() throws IOException {
        copyTheVolume();

        assertThat(start(world.options().toBuilder().onCopy(OnCopy.ACCEPT).build()))
                .isEqualTo(name);
        assertThat(start(world.options())).isEqualTo(name);
    }

    @Test
    void a_copy_beside_the_original_on_the_same_volume_is_noticed_too() throws IOException {
        machine.process().acquire(world.options());
        copy(slot, world.volume.resolve("orders/slot-1"));

        assertThatThrownBy(() -> start(world.options())).isInstanceOf(IdentityCopiedException.class);
    }

    @Test
    void a_volume_that_moved_to_another_machine_keeps_the_name() {
        machine = world.machine("app-14");

        assertThat(start(world.options())).isEqualTo(name);
    }

    @Test
    void a_volume_that_moved_is_refused_if_that_is_the_policy() {
        machine = world.machine("app-14");
        IdentityOptions options =
                world.options().toBuilder().onMove(OnMove.REFUSE).build();

        assertThatThrownBy(() -> start(options))
                .isInstanceOfSatisfying(
                        IdentityMovedException.class, e -> assertThat(e.name()).isEqualTo(name))
                .hasMessageContaining("holdfast.identity.on-move=accept once");
        start(world.options());
        assertThat(start(options)).as("accepted once, it is at home").isEqualTo(name);
    }

    @Test
    void a_folder_mounted_elsewhere_on_the_same_machine_is_the_same_folder() throws IOException {
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(world.volume, elsewhere);

        assertThat(start(world.options().toBuilder()
                        .stateDir(elsewhere)
                        .onMove(OnMove.REFUSE)
                        .build()))
                .isEqualTo(name);
    }

    @Test
    void a_state_folder_that_cannot_be_made_says_what_to_set() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(
                        () -> start(world.options().toBuilder().stateDir(file).build()))
                .isInstanceOf(IdentityUnavailableException.class)
                .hasMessageContaining("set holdfast.state.dir to a folder that this user can write");
    }

    private String start(IdentityOptions options) {
        try (var held = machine.process().acquire(options)) {
            return held.name();
        }
    }

    private void aMessageIsStored() throws IOException {
        Files.writeString(Files.createDirectories(slot.resolve("stores")).resolve("publish"), "a message");
    }

    /** The original is kept beside, so that its inodes are not used again. */
    private void copyTheVolume() throws IOException {
        Path original = temp.resolve("original");
        Files.move(world.volume, original);
        copy(original, world.volume);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(from)) {
            all = paths.toList();
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    private static byte[] damaged(Damage damage, byte[] good) {
        return switch (damage) {
            case EMPTY -> new byte[0];
            case TORN -> java.util.Arrays.copyOf(good, good.length / 2);
            case FOREIGN -> "{\"name\":\"me\"}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case FUTURE -> "holdfast-name 9\nname=me\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        };
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
