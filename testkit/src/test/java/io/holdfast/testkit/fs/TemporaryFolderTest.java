package io.holdfast.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

    @TempDir
    Path temp;

    @Test
    void what_is_in_it_goes_with_it_and_what_a_link_leads_to_stays() throws IOException {
        Path elsewhere = Files.writeString(
                Files.createDirectory(temp.resolve("elsewhere")).resolve("file"), "stays");
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create("holdfast-testkit")) {
            path = folder.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "goes");
            Files.createSymbolicLink(path.resolve("link"), elsewhere.getParent());
        }
        assertThat(path).doesNotExist();
        assertThat(elsewhere).hasContent("stays");
    }

    @Test
    void it_can_be_emptied() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("holdfast-testkit")) {
            Files.createDirectories(folder.path().resolve("a/b"));
            folder.clear();
            assertThat(folder.path()).isEmptyDirectory();
        }
    }

    @Test
    void a_faulty_file_system_leaves_nothing_beside_its_folder() throws IOException {
        Path root = Files.createDirectory(temp.resolve("disk"));
        try (FaultFileSystem files = FaultFileSystem.over(root)) {
            Files.writeString(files.root().resolve("file"), "not forced");
            files.losePower();
        }
        assertThat(temp).isDirectoryNotContaining(path -> !path.equals(root));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_disk_fails_at_what_it_is_told_to_until_it_is_healed() throws IOException {
        Path root = Files.createDirectory(temp.resolve("disk"));
        try (FaultFileSystem files = FaultFileSystem.over(root)) {
            Path file = files.root().resolve("file");
            files.faults().fail("write");
            assertThatThrownBy(() -> Files.writeString(file, "x"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk fails to write file");
            files.faults().heal();
            Files.writeString(file, "x");
            assertThat(root.resolve("file")).hasContent("x");
            assertThat(files.faults().isStopped()).isFalse();
        }
    }
}
