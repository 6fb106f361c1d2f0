package io.holdfast.ha.internal.store.bookmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The beginning of a bookmark file: whose it is, and how far its snapshot reaches.
 *
 * @param clientName the name under which it was made
 * @param snapshotBytes how many bytes of records behind the header were written with it, and are there or it is damaged
 */
record FileHeader(String clientName, int snapshotBytes) {

    private static final int MAGIC = 0x4846424d; // HFBM
    private static final short VERSION = 1;
    private static final int FIXED = 4 + 2 + 2 + 4 + 4;
    private static final String REMEDY =
            "move the file away: each subscription from MOST_RECENT then starts at the beginning of the log";

    byte[] encode() {
        byte[] name = clientName.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + name.length)
                .putInt(MAGIC)
                .putShort(VERSION)
                .putShort((short) name.length)
                .put(name)
                .putInt(snapshotBytes);
        bytes.putInt(checksum(bytes.array(), bytes.position()));
        return bytes.array();
    }

    /** How many bytes it takes. */
    int size() {
        return FIXED + clientName.getBytes(UTF_8).length;
    }

    /** Reads the header of a file, and checks that the file is whole as far as it has to be. */
    static FileHeader decode(Path path, byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < FIXED || bytes.getInt() != MAGIC) {
            throw trouble(path, Trouble.FOREIGN, "it does not begin like a bookmark file");
        }
        int version = bytes.getShort();
        if (version != VERSION) {
            throw trouble(
                    path, Trouble.FOREIGN, "it has format version " + version + ", this SDK knows version " + VERSION);
        }
        int length = bytes.getShort() & 0xffff;
        if (file.length < FIXED + length) {
            throw trouble(path, Trouble.DAMAGED, "it ends within its header");
        }
        String name = new String(file, bytes.position(), length, UTF_8);
        bytes.position(bytes.position() + length);
        FileHeader header = new FileHeader(name, bytes.getInt());
        if (bytes.getInt() != checksum(file, bytes.position() - 4)) {
            throw trouble(path, Trouble.DAMAGED, "the checksum of its header is wrong");
        }
        return header;
    }

    /** Checks that the file belongs to this client. */
    void checkName(Path path, String wanted) {
        if (!clientName.equals(wanted)) {
            throw new StoreException(
                    path.toString(),
                    Trouble.OTHER_NAME,
                    "it holds the bookmarks of client " + Untrusted.escape(clientName) + ", not of "
                            + Untrusted.escape(wanted),
                    "use that name, or give this client a folder of its own",
                    null);
        }
    }

    static StoreException trouble(Path path, Trouble trouble, String detail) {
        return new StoreException(path.toString(), trouble, detail, REMEDY, null);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
