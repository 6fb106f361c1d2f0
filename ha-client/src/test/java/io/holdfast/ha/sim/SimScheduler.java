package io.holdfast.ha.sim;

import io.holdfast.client.spi.Scheduler;

/** The timers of a client: what is due runs on one thread of its process, as in production. */
record SimScheduler(SimProcess process, SimThread thread) implements Scheduler {

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        Due due = new Due(task);
        SimEvent timer = process.timer(delayNanos, "of " + thread.name(), () -> thread.execute(due));
        return () -> {
            timer.cancel();
            due.cancelled = true;
        };
    }

    /** A task that may be taken back until it runs. */
    private static final class Due implements Runnable {

        private final Runnable task;
        private boolean cancelled;

        private Due(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) {
                task.run();
            }
        }
    }
}
