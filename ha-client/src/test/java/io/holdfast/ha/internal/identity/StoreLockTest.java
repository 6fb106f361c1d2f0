package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {

    @TempDir
    Path temp;

    @Test
    void a_folder_is_made_and_is_one_clients_until_it_is_given_back() throws Exception {
        Path folder = temp.resolve("stores/bookmark");
        StoreLock first = StoreLock.of(folder, "orders-1");

        assertThatThrownBy(() -> StoreLock.of(folder, "orders-2"))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.trouble()).isEqualTo(Trouble.IN_USE);
                    assertThat(e.isRetryable()).isTrue();
                })
                .hasMessageContaining("orders-1");

        first.close();
        first.close();
        StoreLock.of(folder, "orders-2").close();
    }

    @Test
    void what_the_file_system_refuses_is_told_with_the_remedy() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> StoreLock.of(file.resolve("below"), "orders-1"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.UNAVAILABLE))
                .hasMessageContaining("make the folder writable");
    }
}
