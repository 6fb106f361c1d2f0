package io.holdfast.ha.internal.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does at once what is to be done at once, and the rest when the test says that time has passed. */
final class ManualStoreThread implements StoreThread {

    private final List<Runnable> later = new ArrayList<>();
    private boolean ended;

    @Override
    public void execute(Runnable task) {
        task.run();
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
