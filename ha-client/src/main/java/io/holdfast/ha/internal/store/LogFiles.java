package io.holdfast.ha.internal.store;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.internal.identity.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log, and what the next one must begin with: the state, and what is settled. Everything is appended to the
 * newest; one that is full is followed by another, so that older ones can go.
 *
 * <p>Confined to the log's lock, but for {@link Unforced}.
 */
final class LogFiles {

    private final Path folder;
    private final String clientName;
    private final int segmentBytes;
    private final LogCondition condition;
    private final PublishRecords records = new PublishRecords();
    private final NavigableMap<Integer, Segment> segments;
    private final IdRanges settled;
    private final IdRanges unsaved;
    private final List<SegmentFile> unforced = new ArrayList<>();
    private final Reserve reserve;
    private Segment newest;
    private LogState state;
    private boolean folderChanged;
    private long written;

    /**
     * The files that were found; without any, the first one is begun.
     *
     * @param fresh the state of a log that is made now
     */
    LogFiles(
            Path folder,
            String clientName,
            int segmentBytes,
            LogCondition condition,
            NavigableMap<Integer, Segment> segments,
            RecoveredMessages found,
            LogState fresh)
            throws IOException {
        this.folder = folder;
        this.clientName = clientName;
        this.segmentBytes = segmentBytes;
        this.condition = condition;
        this.segments = segments;
        unsaved = found.settleMissing();
        settled = found.settled();
        records.forced(found.forced());
        state = segments.isEmpty() ? fresh : found.state();
        reserve = new Reserve(folder);
        newest = segments.isEmpty() ? begin(1) : segments.lastEntry().getValue();
        found.messages().forEach(entry -> segment(entry.place).added());
        // What the process before had written and not forced is to be forced with what comes now.
        segments.tailMap(Segment.numberOf(found.forced().place())).values().stream()
                .filter(segment -> segment != newest)
                .forEach(segment -> unforced.add(segment.file()));
        folderChanged = true;
        reserve.takeIfThereIsRoom();
        noteSettled();
    }

    LogState state() {
        return state;
    }

    /** How many bytes were written so far, by this process. */
    long written() {
        return written;
    }

    /** Appends a message, which learns its place. */
    void append(StoredPublish entry, PublishRequest request, long replaces, long storedAtMillis) throws IOException {
        reserve.take(); // what settles messages comes first
        ByteBuffer record = records.publish(endPlace(), entry.id(), replaces, storedAtMillis, request);
        if (newest.isUsed() && newest.end() + record.remaining() > segmentBytes) {
            Segment full = newest;
            newest = begin(full.number() + 1);
            unforced.add(full.file());
            record = records.publish(endPlace(), entry.id(), replaces, storedAtMillis, request);
        }
        long place = endPlace();
        write(record);
        entry.place = place; // not before: one that is appended again is still where it was if this fails
        newest.added();
        state = state.withLastId(entry.id());
    }

    /** Notes a state, unless it is noted; of the highest id the log knows best. */
    void keep(LogState now) throws IOException {
        if (!now.saysNoMoreThan(state)) {
            LogState next = now.withLastId(Math.max(now.lastId(), state.lastId()));
            writeOnFullDisk(records.state(endPlace(), next));
            state = next;
        }
    }

    /** Notes how much was forced. */
    void noteForced() throws IOException {
        writeOnFullDisk(records.state(endPlace(), state));
    }

    /** What was at this place under this id is settled; noted with the next {@link #noteSettled()}. */
    void settled(long id, long place) {
        settled.add(id);
        unsaved.add(id);
        segment(place).settled();
    }

    boolean isSettled(long id) {
        return settled.contains(id);
    }

    /** Writes down what was settled since the last time. */
    void noteSettled() throws IOException {
        for (IdRanges.Range range : unsaved.list()) {
            writeOnFullDisk(records.settled(endPlace(), range));
        }
        unsaved.clear();
    }

    private long endPlace() {
        return newest.place(newest.end());
    }

    private Segment begin(int number) throws IOException {
        Path path = folder.resolve(Segment.fileName(number));
        SegmentFile file = SegmentFile.create(path);
        boolean whole = false;
        try {
            ByteBuffer header = records.header(clientName, state, settled);
            Segment segment = new Segment(number, file, header.remaining());
            written += header.remaining();
            file.write(header, 0);
            whole = true;
            segments.put(number, segment);
            folderChanged = true;
            return segment;
        } finally {
            if (!whole) {
                file.close();
                Files.deleteIfExists(path);
            }
        }
    }

    /** Writes at the end what a full disk must take, with the room that is kept for it. */
    private void writeOnFullDisk(ByteBuffer record) throws IOException {
        try {
            write(record);
        } catch (IOException e) {
            if (!condition.isUnbroken() || !reserve.giveUp()) {
                throw e;
            }
            write(record.rewind());
        }
    }

    /** Writes at the end, all or nothing. */
    private void write(ByteBuffer record) throws IOException {
        int bytes = record.remaining();
        boolean whole = false;
        try {
            newest.file().write(record, newest.end());
            whole = true;
        } finally {
            if (!whole) {
                cutOff();
            }
        }
        newest.wrote(bytes);
        written += bytes;
    }

    /** A disk that is full took a part. */
    private void cutOff() {
        try {
            newest.file().truncate(newest.end());
        } catch (IOException e) {
            condition.broken(e);
        }
    }

    private Segment segment(long place) {
        return requireNonNull(find(place), "a file with something in it stays");
    }

    /** The file of a place; {@code null} if it is gone. */
    @Nullable
    Segment find(long place) {
        return segments.get(Segment.numberOf(place));
    }

    /** The files with nothing left in them. */
    List<Segment> over() {
        return segments.values().stream()
                .filter(segment -> segment != newest && !segment.isLive())
                .toList();
    }

    /** Files are going to be deleted. */
    void remove(List<Segment> gone) {
        gone.forEach(segment -> segments.remove(segment.number()));
    }

    List<Segment> all() {
        return List.copyOf(segments.values());
    }

    /** Takes what has to be forced for everything written so far to be durable. */
    Unforced takeUnforced() {
        List<SegmentFile> files = new ArrayList<>(unforced);
        files.add(newest.file());
        Unforced taken = new Unforced(
                files, folderChanged ? folder : null, new PublishRecords.Forced(endPlace(), state.lastId()));
        unforced.clear();
        folderChanged = false;
        return taken;
    }

    /** What was taken is on the disk, which the next record says. */
    void forced(Unforced taken) {
        records.forced(taken.through());
    }

    /**
     * What is written and not known to be durable.
     *
     * @param files in the order in which they were written
     * @param folder the folder if names in it have changed
     * @param through where it ends
     */
    record Unforced(List<SegmentFile> files, @Nullable Path folder, PublishRecords.Forced through) {

        /** Waits for the disk; without the log's lock. */
        void force() throws IOException {
            for (SegmentFile file : files) {
                file.force();
            }
            if (folder != null) {
                PrivateFiles.syncFolder(folder);
            }
        }
    }
}
