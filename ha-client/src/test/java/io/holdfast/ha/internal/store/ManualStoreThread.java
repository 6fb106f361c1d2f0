package io.holdfast.ha.internal.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does at once what is to be done at once, and the rest when the test says that time has passed. */
final class ManualStoreThread implements StoreThread {

    private final List<Runnable> later = new ArrayList<>();
    private final List<Runnable> onDisk = new ArrayList<>();
    private boolean hangs;
    private boolean ended;

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void onDisk(Runnable task) {
        if (hangs) {
            onDisk.add(task);
        } else {
            task.run();
        }
    }

    /** The disk answers no more. */
    void diskHangs() {
        hangs = true;
    }

    /** It does again, what it was asked for too. */
    void diskAnswers() {
        hangs = false;
        List<Runnable> asked = List.copyOf(onDisk);
        onDisk.clear();
        asked.forEach(Runnable::run);
    }

    @Override
    public void after(long nanos, Runnable task) {
        later.add(task);
    }

    @Override
    public void end(Duration timeout) {
        ended = true;
        later.clear();
    }

    /** A second goes by. */
    void secondPasses() {
        List<Runnable> due = new ArrayList<>(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    boolean isIdle() {
        return later.isEmpty();
    }

    boolean isEnded() {
        return ended;
    }
}
