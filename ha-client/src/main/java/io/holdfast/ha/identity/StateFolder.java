package io.holdfast.ha.identity;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The platform's folder for state that belongs to one user and must survive a restart: the default of
 * {@code holdfast.state.dir}.
 *
 * <table>
 * <caption>Where it is</caption>
 * <tr><th>platform</th><th>folder</th></tr>
 * <tr><td>Linux and other Unix</td><td>{@code $XDG_STATE_HOME/holdfast}, else {@code ~/.local/state/holdfast}</td></tr>
 * <tr><td>macOS</td><td>{@code ~/Library/Application Support/holdfast}</td></tr>
 * <tr><td>Windows</td><td>{@code %LOCALAPPDATA%\holdfast}, else {@code ~\AppData\Local\holdfast}</td></tr>
 * </table>
 */
public final class StateFolder {

    private static final String FOLDER = "holdfast";

    private StateFolder() {}

    /** The folder for the user of this process. */
    public static Path ofThisUser() {
        return of(FileSystems.getDefault(), System::getProperty, System::getenv);
    }

    /**
     * The folder for a platform described by its JDK properties ({@code os.name}, {@code user.home}) and environment.
     *
     * @throws IllegalStateException if there is no home folder: {@code holdfast.state.dir} must then be set
     */
    static Path of(
            FileSystem files, UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        String os = text(properties.apply("os.name")).toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String local = text(environment.apply("LOCALAPPDATA"));
            return local.isEmpty()
                    ? home(files, properties)
                            .resolve("AppData")
                            .resolve("Local")
                            .resolve(FOLDER)
                    : files.getPath(local, FOLDER);
        }
        if (os.startsWith("mac")) {
            return home(files, properties)
                    .resolve("Library")
                    .resolve("Application Support")
                    .resolve(FOLDER);
        }
        // The XDG specification: a relative path there is invalid and to be ignored.
        String xdg = text(environment.apply("XDG_STATE_HOME"));
        return xdg.startsWith("/")
                ? files.getPath(xdg, FOLDER)
                : home(files, properties).resolve(".local").resolve("state").resolve(FOLDER);
    }

    private static Path home(FileSystem files, UnaryOperator<@Nullable String> properties) {
        String home = text(properties.apply("user.home"));
        // The JDK says "?" where the user has no home, as in a container with an unknown user id.
        if (home.isEmpty() || home.equals("?")) {
            throw new IllegalStateException(
                    "this user has no home folder to keep a client name in: set holdfast.state.dir,"
                            + " or holdfast.identity.mode=ephemeral");
        }
        return files.getPath(home);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
