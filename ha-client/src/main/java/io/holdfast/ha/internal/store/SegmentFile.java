package io.holdfast.ha.internal.store;

import io.holdfast.ha.internal.identity.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One file of a store, open for reading and writing at given positions. Thread-safe.
 *
 * <p>The JDK closes a {@link FileChannel} under everybody when a thread is interrupted that uses it, and applications do
 * interrupt the threads that publish. So a channel found closed is opened again and the operation, which names its position, is
 * done again; the thread stays interrupted.
 */
final class SegmentFile {

    private final Path path;
    private final Object lock = new Object();
    private @Nullable FileChannel channel;
    private boolean closed;

    private SegmentFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes a file that must not exist yet. */
    static SegmentFile create(Path path) throws IOException {
        return open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens a file that exists. */
    static SegmentFile open(Path path) throws IOException {
        return open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static SegmentFile open(Path path, OpenOption... options) throws IOException {
        return new SegmentFile(path, PrivateFiles.open(path, options));
    }

    Path path() {
        return path;
    }

    /** Writes everything that remains, from this position of the file on. */
    void write(ByteBuffer source, long position) throws IOException {
        int start = source.position();
        uninterrupted(to -> {
            source.position(start);
            long at = position;
            while (source.hasRemaining()) {
                at += to.write(source, at);
            }
            return 0;
        });
    }

    /** Reads until the buffer is full or the file ends. */
    void read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        uninterrupted(from -> {
            target.position(start);
            long at = position;
            while (target.hasRemaining()) {
                int count = from.read(target, at);
                if (count < 0) {
                    break;
                }
                at += count;
            }
            return 0;
        });
    }

    long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    void truncate(long size) throws IOException {
        uninterrupted(file -> file.truncate(size).size());
    }

    /** Makes what was written durable; without effect once closed, since what is closed is not needed any more. */
    void force() throws IOException {
        try {
            uninterrupted(file -> {
                file.force(false);
                return 0;
            });
        } catch (ClosedChannelException e) {
            synchronized (lock) {
                if (!closed) {
                    throw e;
                }
            }
        }
    }

    void close() throws IOException {
        synchronized (lock) {
            closed = true;
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** Something done with the file. */
    @FunctionalInterface
    private interface Operation {
        long on(FileChannel file) throws IOException;
    }

    private long uninterrupted(Operation operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel file = channel();
                try {
                    return operation.on(file);
                } catch (ClosedChannelException e) {
                    // By an interrupt of this thread or of another, or by close(), which channel() finds out.
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileChannel channel() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (channel == null || !channel.isOpen()) {
                channel = PrivateFiles.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            }
            return channel;
        }
    }
}
