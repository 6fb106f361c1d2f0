package io.holdfast.samples.publish;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines on a thread of its own, so that whoever waits for the next one can be woken by something else: a lost
 * connection, a signal.
 *
 * <p>Lines travel in batches of about {@value #BATCH_BYTES} bytes, at most {@value #BATCHES} of which wait: that, and one
 * line, is all the memory an endless input takes. A batch leaves as soon as the input has nothing more to give.
 *
 * <p>{@link #next()} belongs to one thread, {@link #wake()} to any. The reading thread is a daemon: a read of stdin that
 * waits for a terminal cannot be interrupted.
 */
final class LineSource implements AutoCloseable {

    private static final int BATCH_BYTES = 64 << 10;
    private static final int BATCHES = 4;

    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final LineSplitter splitter;
    private final Thread reader;
    private Iterator<byte[]> current = List.<byte[]>of().iterator();
    private @Nullable Batch last;

    private LineSource(InputStream in, int maxLineBytes) {
        splitter = new LineSplitter(in, maxLineBytes);
        reader = new Thread(this::read, "holdfast-stdin");
        reader.setDaemon(true);
    }

    /** Starts to read lines of at most {@code maxLineBytes} bytes. */
    static LineSource start(InputStream in, int maxLineBytes) {
        LineSource source = new LineSource(in, maxLineBytes);
        source.reader.start();
        return source;
    }

    /** Whether {@link #next()} returns at once. */
    boolean isReady() {
        return current.hasNext() || last != null || !batches.isEmpty();
    }

    /**
     * The next line without its end, waiting for it; {@code null} at the end of the input, and once after each
     * {@link #wake()} that found this waiting.
     *
     * @throws IOException if the input failed, or a line is too long
     */
    byte @Nullable [] next() throws IOException, InterruptedException {
        while (!current.hasNext() && last == null) {
            Batch batch = batches.take();
            current = batch.lines().iterator();
            if (batch.end() != End.NOT_YET) {
                last = batch;
            } else if (!current.hasNext()) {
                return null; // woken
            }
        }
        if (current.hasNext()) {
            return current.next();
        }
        if (last != null && last.failure() != null) {
            throw last.failure();
        }
        return null;
    }

    /** Makes a waiting {@link #next()} return {@code null}. Does nothing if lines wait: then nobody waits for them. */
    void wake() {
        boolean unused = batches.offer(new Batch(List.of(), End.NOT_YET, null));
    }

    @Override
    public void close() {
        reader.interrupt();
    }

    private void read() {
        try {
            try {
                List<byte[]> lines = new ArrayList<>();
                int bytes = 0;
                for (byte[] line = splitter.next(); line != null; line = splitter.next()) {
                    lines.add(line);
                    bytes += line.length + 1;
                    if (bytes >= BATCH_BYTES || !splitter.isReady()) {
                        batches.put(new Batch(lines, End.NOT_YET, null));
                        lines = new ArrayList<>();
                        bytes = 0;
                    }
                }
                batches.put(new Batch(lines, End.REACHED, null));
            } catch (IOException e) {
                batches.put(new Batch(List.of(), End.FAILED, e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody reads on
        }
    }

    private enum End {
        NOT_YET,
        REACHED,
        FAILED
    }

    private record Batch(
            List<byte[]> lines, End end, @Nullable IOException failure) {}
}
