package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.Jvm;
import io.holdfast.application.TryLock;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest {

    @TempDir
    Path temp;

    private final FileLocks locks = new FileLocks(new JvmRegistry("0".repeat(16)));
    private Path folder;

    @BeforeEach
    void a_folder() throws Exception {
        folder = Files.createDirectory(temp.resolve("folder"));
    }

    /** Why nothing may ever read the lock file: POSIX drops all locks of a process on a file with any close of it. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "locks belong to the handle there")
    void merely_reading_the_lock_file_drops_the_lock_while_the_jdk_still_calls_it_valid() throws Exception {
        Path file = Files.createFile(folder.resolve("lock"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            assertThat(anotherProcess(file)).isEqualTo("held");

            Files.readAllBytes(file);

            assertThat(lock.isValid()).isTrue();
            assertThat(anotherProcess(file)).isEqualTo("taken");
        }
    }

    @Test
    void a_lock_keeps_other_processes_out_until_it_is_released() throws Exception {
        FolderLocks.Lock lock = locks.tryLock(folder, "here").lock();
        assertThat(anotherProcess(folder.resolve("lock"))).isEqualTo("held");

        lock.release();
        lock.release();

        assertThat(anotherProcess(folder.resolve("lock"))).isEqualTo("taken");
    }

    @Test
    void a_second_client_of_this_jvm_learns_where_the_first_was_made_by_whatever_path_it_comes() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        FolderLocks.Lock lock = locks.tryLock(folder, "Shop.java:12").lock();

        FolderLocks.Attempt second = locks.tryLock(link, "Shop.java:99");

        assertThat(second.lock()).isNull();
        assertThat(second.holderHere()).isEqualTo("Shop.java:12");
        assertThat(anotherProcess(folder.resolve("lock")))
                .as("the attempt did no harm")
                .isEqualTo("held");
        lock.release();
        assertThat(locks.tryLock(link, "Shop.java:99").lock()).isNotNull();
    }

    @Test
    void a_second_copy_of_the_library_in_this_jvm_does_not_drop_the_lock_of_the_first() throws Exception {
        FileLocks copy = new FileLocks(new JvmRegistry("1".repeat(16)));
        FolderLocks.Lock lock = locks.tryLock(folder, "here").lock();

        for (int i = 0; i < 3; i++) {
            assertThat(copy.tryLock(folder, "there").holderHere()).contains("loaded twice");
            assertThat(anotherProcess(folder.resolve("lock"))).isEqualTo("held");
        }
        lock.release();

        FolderLocks.Lock second = copy.tryLock(folder, "there").lock();
        assertThat(second).isNotNull();
        assertThat(anotherProcess(folder.resolve("lock"))).isEqualTo("held");
        second.release();
    }

    private static String anotherProcess(Path file) throws Exception {
        try (Jvm jvm = Jvm.start(TryLock.class, file.toString())) {
            return jvm.line();
        }
    }
}
