package io.holdfast.it.ha;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which call of publish was begun last, and which has returned: in a mapped file, so that it is exact to the instant at which a process
 * is killed. Written by that process, read by the test when it is dead.
 */
final class CallRecord {

    private static final int BEGUN = 0;
    private static final int RETURNED = Long.BYTES;

    private final MappedByteBuffer file;

    private CallRecord(MappedByteBuffer file) {
        this.file = file;
    }

    static CallRecord in(Path path) {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new CallRecord(channel.map(MapMode.READ_WRITE, 0, 2 * Long.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void begin(long n) {
        file.putLong(BEGUN, n);
    }

    void returned(long n) {
        file.putLong(RETURNED, n);
    }

    /** The counter of the last call that was begun, 0 if none was. */
    long begun() {
        return file.getLong(BEGUN);
    }

    /** The counter of the last call that has returned; {@link #begun()}, or one less. */
    long returned() {
        return file.getLong(RETURNED);
    }
}
