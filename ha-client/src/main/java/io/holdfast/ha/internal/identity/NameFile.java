package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityDamagedException.Damage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file {@code name} of a held folder: read, replaced durably, or kept aside; never deleted. */
final class NameFile {

    private static final String FILE = "name";

    private final Path file;

    NameFile(Path folder) {
        this.file = folder.resolve(FILE);
    }

    Path path() {
        return file;
    }

    /** The name in the file; {@code null} if there is no file. */
    @Nullable
    NameRecord read() throws IOException, DamagedRecord {
        try {
            return NameRecord.decode(PrivateFiles.read(file, LineRecord.MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** {@link #read()}, and a name of another application or another client counts as damage. */
    @Nullable
    NameRecord readFor(Wanted wanted) throws IOException, DamagedRecord {
        NameRecord found = read();
        if (found != null && !found.app().equals(wanted.app())) {
            throw new DamagedRecord(Damage.FOREIGN, "it belongs to another application than this folder");
        }
        if (found != null && wanted.name() != null && !found.name().equals(wanted.name())) {
            throw new DamagedRecord(Damage.FOREIGN, "it holds another name than the one this folder is for");
        }
        return found;
    }

    void write(NameRecord record) throws IOException {
        PrivateFiles.replaceDurably(file, record.encode());
    }

    /** Keeps what is in the file under a name of its own; the file itself stays until it is replaced. */
    Path keepAside(String why) throws IOException {
        return PrivateFiles.keepCopy(file, why);
    }
}
