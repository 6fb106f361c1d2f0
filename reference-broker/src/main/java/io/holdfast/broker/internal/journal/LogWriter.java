package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Writes records to the last segment and begins another when it is full. Confined to the log's thread; used no more after it threw. */
final class LogWriter implements AutoCloseable {

    private static final int BUFFER = 256 << 10;

    private final Path folder;
    private final long segmentBytes;
    private final Segments segments;
    private final Map<String, Long> sequences;
    private final RandomGenerator random;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    private Segment segment;
    private RecordChecksum checksum;
    private FileChannel channel;
    private long end;
    private long nextIndex;
    private long lastMicros;
    private long forcedBelow;

    /** Goes on where recovery stopped. */
    LogWriter(FileLogOptions options, Recovered recovered, RandomGenerator random) throws IOException {
        this.folder = options.folder();
        this.segmentBytes = options.journal().segmentBytes();
        this.segments = recovered.segments();
        this.sequences = new HashMap<>(recovered.sequences());
        this.random = random;
        this.nextIndex = recovered.lastIndex() + 1;
        this.forcedBelow = nextIndex;
        this.lastMicros = recovered.lastMicros();
        if (segments.isEmpty()) {
            segments.add(create());
        }
        segment = segments.last();
        checksum = new RecordChecksum(segment.salt());
        end = segment.forcedEnd();
        channel = open(segment);
    }

    /** Writes a record, whose index is the next; it may stay in the buffer. */
    void write(LogRecord record) throws IOException {
        byte[] publisher = record.publisher().getBytes(UTF_8);
        byte[] header = RecordFormat.header(record, publisher);
        long size = (long) RecordFormat.FRAME + header.length + record.body().length;
        if (record.index() > segment.firstIndex() && end - segment.firstPlace() + size > segmentBytes) {
            roll();
        }
        RecordFormat.setUnforced(header, record.index() - forcedBelow);
        putInt(header.length + record.body().length);
        putInt(checksum.of(header, record.body()));
        put(header);
        put(record.body());
        segment.index().add(record, end, NameHash.bits(publisher));
        sequences.merge(record.publisher(), record.sequence(), Math::max);
        end += size;
        nextIndex = record.index() + 1;
        lastMicros = record.micros();
    }

    /** Makes durable what was written, if anything was. */
    void force() throws IOException {
        if (forcedBelow == nextIndex) {
            return;
        }
        flush();
        channel.force(false);
        segment.forced(end, lastMicros);
        forcedBelow = nextIndex;
    }

    /** The segment that is written. */
    Segment segment() {
        return segment;
    }

    private void roll() throws IOException {
        force();
        channel.close();
        Segment next = create();
        segments.add(next);
        segment = next;
        checksum = new RecordChecksum(next.salt());
        end = next.forcedEnd();
        channel = open(next);
    }

    private Segment create() throws IOException {
        SegmentHead head = new SegmentHead(random.nextLong(), nextIndex, lastMicros, sequences);
        ByteBuffer bytes = head.encode();
        int length = bytes.remaining();
        Path file = Segment.file(folder, nextIndex);
        Path temporary = file.resolveSibling(JournalFiles.name(file) + JournalFiles.TEMPORARY);
        try (FileChannel made = JournalFiles.create(temporary)) {
            JournalFiles.write(made, bytes);
            made.force(true);
        }
        JournalFiles.publish(temporary, file);
        return new Segment(file, new SegmentHead.Read(head, length), segmentBytes);
    }

    private static FileChannel open(Segment segment) throws IOException {
        FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE);
        return channel.position(segment.forcedEnd());
    }

    private void putInt(int value) throws IOException {
        if (buffer.remaining() < Integer.BYTES) {
            flush();
        }
        buffer.putInt(value);
    }

    private void put(byte[] bytes) throws IOException {
        int done = 0;
        while (done < bytes.length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int piece = Math.min(bytes.length - done, buffer.remaining());
            buffer.put(bytes, done, piece);
            done += piece;
        }
    }

    private void flush() throws IOException {
        JournalFiles.write(channel, buffer.flip());
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
