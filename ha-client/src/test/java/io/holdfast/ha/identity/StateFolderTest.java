package io.holdfast.ha.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.FileSystems;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFolderTest {

    private static final Map<String, String> LINUX = Map.of("os.name", "Linux", "user.home", "/home/ops");

    @Test
    void on_linux_it_is_the_xdg_state_folder() {
        assertThat(folder(LINUX, Map.of("XDG_STATE_HOME", "/var/lib/ops"))).isEqualTo("/var/lib/ops/holdfast");
        assertThat(folder(LINUX, Map.of())).isEqualTo("/home/ops/.local/state/holdfast");
    }

    @Test
    void a_relative_xdg_folder_is_ignored_as_its_specification_says() {
        assertThat(folder(LINUX, Map.of("XDG_STATE_HOME", "state"))).isEqualTo("/home/ops/.local/state/holdfast");
    }

    @Test
    void on_a_mac_and_on_windows_it_is_where_they_keep_such_things() {
        assertThat(folder(Map.of("os.name", "Mac OS X", "user.home", "/Users/ops"), Map.of()))
                .isEqualTo("/Users/ops/Library/Application Support/holdfast");
        Map<String, String> windows = Map.of("os.name", "Windows 11", "user.home", "/Users/ops");
        assertThat(folder(windows, Map.of("LOCALAPPDATA", "/Users/ops/Local"))).isEqualTo("/Users/ops/Local/holdfast");
        assertThat(folder(windows, Map.of())).isEqualTo("/Users/ops/AppData/Local/holdfast");
    }

    @Test
    void a_user_without_a_home_is_told_what_to_set() {
        assertThatIllegalStateException()
                .isThrownBy(() -> folder(Map.of("os.name", "Linux", "user.home", "?"), Map.of()))
                .withMessageContaining("set holdfast.state.dir");
    }

    private static String folder(Map<String, String> properties, Map<String, String> environment) {
        return StateFolder.of(FileSystems.getDefault(), properties::get, environment::get)
                .toString();
    }
}
