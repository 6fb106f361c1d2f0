package io.holdfast.samples.fake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Output that a test can wait for. */
public final class WatchedOutput extends ByteArrayOutputStream {

    @Override
    public synchronized void write(int b) {
        super.write(b);
        notifyAll();
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
        super.write(source, offset, length);
        notifyAll();
    }

    /** Returns when the text is there; fails after 30 seconds. */
    public synchronized void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!toString(StandardCharsets.UTF_8).contains(text)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw new AssertionError("'" + text + "' did not come; there is: " + toString(StandardCharsets.UTF_8));
            }
            wait(millis);
        }
    }
}
