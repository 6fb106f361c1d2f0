package io.holdfast.samples.fake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

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
    public void await(String text) throws InterruptedException {
        await(text, 1);
    }

    /** Returns when the text is there so often; fails after 30 seconds. */
    public synchronized void await(String text, int times) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (toString(StandardCharsets.UTF_8).split(Pattern.quote(text), -1).length <= times) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw new AssertionError("'" + text + "' did not come " + times + " times; there is: "
                        + toString(StandardCharsets.UTF_8));
            }
            wait(millis);
        }
    }
}
