package io.holdfast.broker.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Prints the operator's log on a thread of its own: a stderr that nobody reads (a full pipe, a stopped terminal) must not stop the
 * broker's thread, and with it every client. What does not fit into the bounded queue is dropped, and how much it was is told.
 * Lines may come from any thread.
 */
final class LineWriter implements Consumer<String> {

    static final int MOST_WAITING = 4_096;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final PrintStream out;
    private final Thread thread = new Thread(this::print, "holdfast-broker-log");
    private volatile boolean closed;

    private LineWriter(PrintStream out) {
        this.out = out;
    }

    /** A writer to this stream, which stays open. */
    static LineWriter to(PrintStream out) {
        LineWriter writer = new LineWriter(out);
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    @Override
    public void accept(String line) {
        if (!waiting.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    /** Prints what waits, for up to this long; returns whether all was printed. */
    boolean close(Duration timeout) {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void print() {
        while (!closed) {
            try {
                print(waiting.take());
            } catch (InterruptedException e) {
                closed = true;
            }
        }
        for (String line = waiting.poll(); line != null; line = waiting.poll()) {
            print(line);
        }
    }

    private void print(String line) {
        out.println(line);
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            out.println("holdfast-broker: " + lost + " lines of the log dropped: stderr was not read");
        }
    }
}
