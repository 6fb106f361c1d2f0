package io.holdfast.ha.internal.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A disk for a {@link GroupCommit}: does what the test says when it is asked, and notes what it tells. */
final class ForcedDisk implements GroupCommit.Disk {

    /** What it does when it is asked. */
    interface Answer {
        void force() throws IOException;
    }

    final List<String> told = new ArrayList<>();
    volatile long written;
    volatile Answer answer = () -> {};

    ForcedDisk(long written) {
        this.written = written;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void force() throws IOException {
        answer.force();
    }

    @Override
    public void stalls() {
        told.add("stalls");
    }

    @Override
    public void moves() {
        told.add("moves");
    }
}
