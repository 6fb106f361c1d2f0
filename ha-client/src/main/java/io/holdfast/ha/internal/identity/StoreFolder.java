package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * The folder {@code stores} beside a name, in which the durable stores of the name live. As long as anything is in it, the
 * name is not replaced by another: its messages would be published under a name that never sent them.
 */
final class StoreFolder {

    static final String FOLDER = "stores";

    private StoreFolder() {}

    /** Whether it holds anything; a file of that name counts, whatever it is. */
    static boolean holdsAnything(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve(FOLDER))) {
            return entries.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        } catch (NotDirectoryException e) {
            return true;
        }
    }
}
