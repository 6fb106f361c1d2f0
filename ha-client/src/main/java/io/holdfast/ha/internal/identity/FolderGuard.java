package io.holdfast.ha.internal.identity;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.error.IdentityInUseException.Holder;
import io.holdfast.client.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes a folder for one holder among all processes of all machines that can see it.
 *
 * <pre>
 * lock held                    another process of this machine, or of one whose locks reach ours  -&gt; taken
 * lock free, no mark           nobody                                                            -&gt; ours
 * lock free, mark of our boot  the lock alone decides: its holder is dead, however it died        -&gt; ours
 * lock free, foreign mark      locks may not reach that machine: wait until the mark stands still -&gt; ours, or taken
 * </pre>
 */
final class FolderGuard {

    private final FolderLocks locks;
    private final HostFacts host;
    private final Clock clock;
    private final RandomGenerator random;
    private final MarkWatch watch;

    FolderGuard(Surroundings around) {
        this.locks = around.locks();
        this.host = around.host();
        this.clock = around.clock();
        this.random = around.random();
        this.watch = new MarkWatch(around.clock(), around.pause());
    }

    /** Makes the folder if it is missing, and takes it if it is free; waits at most about twelve seconds. */
    Attempt tryHold(Path folder, String createdAt) throws IOException, InterruptedException {
        PrivateFiles.createFolder(folder);
        FolderLocks.Attempt attempt = locks.tryLock(folder, createdAt);
        MarkFile file = new MarkFile(folder);
        if (attempt.holderHere() != null) {
            return Attempt.heldHere(attempt.holderHere());
        }
        if (attempt.isHeldElsewhere()) {
            return Attempt.heldBy(file.read().mark());
        }
        FolderLocks.Lock lock = requireNonNull(attempt.lock());
        boolean held = false;
        try {
            Mark mark = new Mark(
                    host.bootId(),
                    host.hostName(),
                    host.pid(),
                    host.processStart(),
                    clock.instant(),
                    JvmRegistry.nonce(random),
                    0);
            Attempt result = tryMark(folder, file, mark, lock);
            held = result.folder != null;
            return result;
        } finally {
            if (!held) {
                lock.release();
            }
        }
    }

    private Attempt tryMark(Path folder, MarkFile file, Mark mark, FolderLocks.Lock lock)
            throws IOException, InterruptedException {
        MarkFile.Seen before = file.read();
        boolean ours;
        if (!before.isThere()) {
            ours = file.create(mark);
        } else if (before.mark() != null && before.mark().bootId().equals(mark.bootId())) {
            file.replace(mark);
            ours = true;
        } else {
            IdentityLog.waitsForMark(folder, before.mark());
            ours = watch.standsStill(file, before, MarkWatch.STANDS_STILL) && replacesForeign(file, mark);
        }
        if (!ours) {
            return Attempt.heldBy(file.read().mark());
        }
        file.deleteLeftovers();
        return Attempt.held(new HeldFolder(folder, file, mark, lock));
    }

    /** Two machines may have waited side by side: the one whose mark is there after a while has the folder. */
    private boolean replacesForeign(MarkFile file, Mark mark) throws IOException, InterruptedException {
        file.replace(mark);
        MarkFile.Seen written = new MarkFile.Seen(true, mark.encode(), mark);
        return watch.standsStill(file, written, MarkWatch.SETTLES);
    }

    /**
     * How it went.
     *
     * @param folder we have it; {@code null} if not
     * @param holderHere where the client of this JVM was made that has it; {@code null} if there is none
     * @param holder the process that has it, as far as its mark can be read
     */
    record Attempt(
            @Nullable HeldFolder folder,
            @Nullable String holderHere,
            @Nullable Holder holder) {

        static Attempt held(HeldFolder folder) {
            return new Attempt(folder, null, null);
        }

        static Attempt heldHere(String createdAt) {
            return new Attempt(null, createdAt, null);
        }

        static Attempt heldBy(@Nullable Mark mark) {
            return new Attempt(null, null, mark == null ? null : mark.holder());
        }
    }
}
