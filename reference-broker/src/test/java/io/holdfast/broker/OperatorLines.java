package io.holdfast.broker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Collects the operator's log and lets a test wait for a line. */
final class OperatorLines implements Consumer<String> {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch news = new CountDownLatch(1);

    @Override
    public void accept(String record) {
        lines.add(record);
        CountDownLatch told = news;
        news = new CountDownLatch(1);
        told.countDown();
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    /** The first record with this text, within ten seconds. */
    String await(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            CountDownLatch next = news;
            for (String line : lines) {
                if (line.contains(text)) {
                    return line;
                }
            }
            try {
                if (!next.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new AssertionError("no line with '" + text + "' in " + lines);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
