package io.holdfast.ha.internal.store;

import io.holdfast.ha.interleaving.Interleavings;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads that write and wait for one disk: each finds its bytes there, and the disk is asked by one at a time. */
@Tag(Interleavings.TAG)
public class GroupCommitLincheckTest {

    private final AtomicInteger written = new AtomicInteger();
    private final GroupCommit commit = new GroupCommit(new OneDisk(), Runnable::run);
    private final AtomicInteger forcing = new AtomicInteger();
    private volatile int durable;
    private volatile boolean broken;

    private final class OneDisk implements GroupCommit.Disk {
        @Override
        public long written() {
            return written.get();
        }

        @Override
        public void force() {
            broken |= forcing.incrementAndGet() > 1;
            durable = written.get();
            forcing.decrementAndGet();
        }

        @Override
        public void stalls() {
            broken = true;
        }

        @Override
        public void moves() {
            broken = true;
        }
    }

    /** Writes one byte and waits for it. */
    @Operation
    public void write() throws IOException {
        int mine = written.incrementAndGet();
        commit.await(mine, Long.MAX_VALUE);
        broken |= durable < mine;
    }

    /** When all have returned. */
    @Validate
    public void everythingIsDurable() {
        if (broken || durable != written.get()) {
            throw new IllegalStateException(durable + " of " + written + " bytes are durable");
        }
    }

    @Test
    void who_waited_finds_his_bytes_on_the_disk() {
        Interleavings.check(GroupCommitLincheckTest.class);
    }
}
