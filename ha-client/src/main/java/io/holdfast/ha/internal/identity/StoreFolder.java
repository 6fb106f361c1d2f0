package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code stores} beside a name, in which the durable stores of the name live. As long as a message is in it, the
 * name is not replaced by another: it would be published under a name that never sent it.
 */
final class StoreFolder {

    static final String FOLDER = "stores";

    private StoreFolder() {}

    /** Whether it holds anything; a file of that name counts, whatever it is. For a name that nobody knows any more. */
    static boolean holdsAnything(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve(FOLDER))) {
            return entries.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        } catch (NotDirectoryException e) {
            return true;
        }
    }

    /** Puts it aside, since what is in it was made under another name. Returns where it is now; {@code null} if there was none. */
    static @Nullable Path setAside(Path folder, String why) throws IOException {
        Path stores = folder.resolve(FOLDER);
        return Files.exists(stores) ? PrivateFiles.moveAside(stores, why) : null;
    }
}
