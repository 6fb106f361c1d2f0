package io.holdfast.ha.sim;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** Several threads behind one executor: a task runs on any of them, so that tasks may overtake each other. */
record SimPool(List<SimThread> threads, SplittableRandom random) implements Executor {

    @Override
    public void execute(Runnable task) {
        threads.get(random.nextInt(threads.size())).execute(task);
    }
}
