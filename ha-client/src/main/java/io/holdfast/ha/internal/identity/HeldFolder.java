package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A folder that this process holds, and its mark. Confined to the thread of its {@link Heartbeats} once they have started, so
 * that a beat never comes after the release.
 */
final class HeldFolder {

    /** How often the counter advances. */
    static final Duration BEAT = Duration.ofSeconds(1);

    private final Path path;
    private final MarkFile file;
    private final FolderLocks.Lock lock;
    private Mark mark;
    private boolean lost;
    private boolean unreadableOnce;

    HeldFolder(Path path, MarkFile file, Mark mark, FolderLocks.Lock lock) {
        this.path = path;
        this.file = file;
        this.mark = mark;
        this.lock = lock;
    }

    Path path() {
        return path;
    }

    /** Since when, by our wall clock. */
    Instant since() {
        return mark.since();
    }

    /** Advances the counter, unless another has replaced the mark: then the folder is lost, for good. */
    Beat beat() throws IOException {
        if (lost) {
            return Beat.LOST;
        }
        MarkFile.Seen seen = file.read();
        if (!seen.isThere()) {
            // Somebody cleaned up by hand. If another was quicker to write one, the next beat finds it.
            file.create(mark.next());
        } else if (seen.isOf(mark)) {
            file.replace(mark.next());
        } else if (seen.mark() == null && !unreadableOnce) {
            // Not a mark: a network volume may show half a file once, a later version of the SDK stays.
            unreadableOnce = true;
            return Beat.KEPT;
        } else {
            lost = true;
            return new Beat(true, seen.mark());
        }
        unreadableOnce = false;
        mark = mark.next();
        return Beat.KEPT;
    }

    /** Takes our mark away, if it is still ours, and then gives the lock back. */
    void release() throws IOException {
        try {
            if (!lost && file.read().isOf(mark)) {
                file.delete();
            }
        } finally {
            lock.release();
        }
    }

    /**
     * What a beat found.
     *
     * @param lost whether another has the folder now
     * @param rival who, if it was just found out and can be read
     */
    record Beat(boolean lost, @Nullable Mark rival) {

        static final Beat KEPT = new Beat(false, null);
        static final Beat LOST = new Beat(true, null);
    }
}
