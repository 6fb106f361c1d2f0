package io.holdfast.ha.internal.store;

import io.holdfast.client.publish.PublishRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads messages back from a log's files, while others are settled and their files deleted. Any thread, without the log's lock. */
final class MessageReader {

    private final ReentrantLock lock;
    private final LogFiles files;
    private final LogCondition condition;

    MessageReader(ReentrantLock lock, LogFiles files, LogCondition condition) {
        this.lock = lock;
        this.files = files;
        this.condition = condition;
    }

    /** Where a message was when it was looked up. */
    private record Found(long id, long place, SegmentFile file, long end) {}

    /**
     * The message; {@code null} if it was settled meanwhile.
     *
     * @throws io.holdfast.client.error.StoreException if it cannot be read
     */
    @Nullable
    PublishRequest read(StoredPublish entry) {
        Found found = find(entry);
        if (found == null) {
            return null;
        }
        try {
            return read(found);
        } catch (IOException e) {
            if (isGone(entry, found)) {
                return null;
            }
            throw condition.unavailable(e);
        }
    }

    private @Nullable Found find(StoredPublish entry) {
        lock.lock();
        try {
            Segment segment = files.find(entry.place);
            return segment == null || files.isSettled(entry.id())
                    ? null
                    : new Found(entry.id(), entry.place, segment.file(), segment.end());
        } finally {
            lock.unlock();
        }
    }

    private static PublishRequest read(Found found) throws IOException {
        long position = Segment.positionOf(found.place());
        ByteBuffer record = new RecordReader(found.file(), Segment.numberOf(found.place()), found.end()).at(position);
        if (record == null) {
            throw new IOException(
                    "the record at byte " + position + " of " + found.file().path() + " has changed");
        }
        return PublishRecords.readPublish(record.position(PublishRecords.CONTENT))
                .request();
    }

    /** Settled meanwhile, or appended again, and its file deleted. */
    private boolean isGone(StoredPublish entry, Found found) {
        lock.lock();
        try {
            return files.isSettled(found.id()) || entry.place != found.place();
        } finally {
            lock.unlock();
        }
    }
}
