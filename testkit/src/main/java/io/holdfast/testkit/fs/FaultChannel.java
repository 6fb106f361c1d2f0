package io.holdfast.testkit.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A channel whose writes are steps. A write takes only half of what it is given, as a channel may, so that a file can be torn in many places. */
final class FaultChannel extends FileChannel {

    private final FileChannel below;
    private final Path path;
    private final FaultFileSystem files;

    FaultChannel(FileChannel below, Path path, FaultFileSystem files) {
        this.below = below;
        this.path = path;
        this.files = files;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        files.faults().step("write " + path.getFileName());
        int half = Math.min(source.remaining(), Math.max(1, source.remaining() / 2));
        int written = below.write(source.slice(source.position(), half));
        source.position(source.position() + written);
        return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        files.faults().step("fsync " + path.getFileName());
        below.force(metaData);
        files.durability().forced(path);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        files.faults().step("truncate " + path.getFileName());
        below.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        files.faults().alive();
        return below.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        files.faults().alive();
        return below.read(target, position);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        files.faults().alive();
        return below.read(targets, offset, length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        files.faults().step("write " + path.getFileName());
        return below.write(sources, offset, length);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        files.faults().step("write " + path.getFileName());
        // Stores write much: in fewer pieces than the sequential form, or a test that kills at each would take for
        // ever.
        int part = files.faults().part(source.remaining());
        files.checkRoom(position + part - below.size());
        int written = below.write(source.slice(source.position(), part), position);
        source.position(source.position() + written);
        return written;
    }

    @Override
    public long position() throws IOException {
        return below.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        below.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return below.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        files.faults().alive();
        return below.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        files.faults().step("write " + path.getFileName());
        return below.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        files.faults().alive();
        return below.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        files.faults().alive();
        return below.lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        files.faults().alive();
        return below.tryLock(position, size, shared);
    }

    /** A killed process's channels are closed for it. */
    @Override
    protected void implCloseChannel() throws IOException {
        below.close();
    }
}
