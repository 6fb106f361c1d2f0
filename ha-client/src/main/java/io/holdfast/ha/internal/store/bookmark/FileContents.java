package io.holdfast.ha.internal.store.bookmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.message.Bookmark;
import io.holdfast.ha.internal.store.bookmark.KnownPoints.Owned;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a bookmark file into the points it stands for. Confined to one thread. */
final class FileContents {

    private final Path path;
    private final byte[] file;
    private final FileHeader header;
    private final KnownPoints into;
    private final Map<Integer, Owned> byNumber = new HashMap<>();

    /**
     * The bytes of a file.
     *
     * @throws StoreException if they are not a bookmark file of this client
     */
    FileContents(Path path, byte[] file, String clientName, KnownPoints into) {
        this.path = path;
        this.file = file;
        this.into = into;
        header = FileHeader.decode(path, file);
        header.checkName(path, clientName);
    }

    /** Where its snapshot ends. */
    int snapshotEnd() {
        return header.size() + header.snapshotBytes();
    }

    /**
     * Reads all whole records.
     *
     * @return where they end; what is behind was not finished when a process or a machine died
     * @throws StoreException if it is damaged
     */
    int read() {
        RecordReader reader = new RecordReader(file, header.size());
        while (reader.advance()) {
            apply(reader.kind(), reader.body(), reader.position());
        }
        int end = reader.position();
        if (end < snapshotEnd() || reader.hasSyncedBehind()) {
            throw FileHeader.trouble(
                    path,
                    Trouble.DAMAGED,
                    "the record at byte " + end + " of " + file.length + " is not what was written there");
        }
        return end;
    }

    private void apply(byte code, ByteBuffer body, int end) {
        RecordKind kind = RecordKind.of(code);
        if (kind == null) {
            throw FileHeader.trouble(
                    path, Trouble.FOREIGN, "before byte " + end + " is a record of the unknown kind " + code);
        }
        if (kind == RecordKind.SYNCED) {
            return;
        }
        int number = body.getInt();
        if (kind == RecordKind.SUBSCRIPTION) {
            String id = US_ASCII.decode(body).toString();
            byNumber.put(number, into.restore(id, number));
            return;
        }
        Owned owned = byNumber.get(number);
        if (owned == null) {
            throw FileHeader.trouble(
                    path, Trouble.DAMAGED, "before byte " + end + " is a record of a subscription it does not name");
        }
        switch (kind) {
            case PASS -> owned.point().pass(body.getLong(), body.getLong());
            case BEYOND -> owned.point().beyond(body.getLong(), body.getLong());
            case START_OVER -> owned.startOver(Bookmark.of(US_ASCII.decode(body).toString()));
            case HEARD ->
                owned.point()
                        .passed()
                        .restore(new PublisherPositions.Heard(
                                new Position(body.getLong(), body.getLong()), body.getLong()));
            default -> owned.point().passed().restore(body.getLong(), position(body), position(body));
        }
    }

    private static @Nullable Position position(ByteBuffer body) {
        long publisher = body.getLong();
        long sequence = body.getLong();
        return publisher == 0 ? null : new Position(publisher, sequence);
    }
}
