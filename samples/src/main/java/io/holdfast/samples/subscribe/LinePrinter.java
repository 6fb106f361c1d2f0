package io.holdfast.samples.subscribe;

import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * Prints each payload as a line: buffered while more messages wait, written out at once when none does.
 *
 * <p>Between the lane and stdout. Thread-safe; a reader of stdout that is slow makes it wait, which fills the lane and then
 * stops the socket. To be closed after the client, for what was printed while more seemed to come.
 */
final class LinePrinter implements MessageHandler, AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;

    private final OutputStream out;
    private final long most;
    private final BooleanSupplier moreWaiting;
    private final Runnable onMost;
    private byte[] scratch = new byte[4096];
    private long printed;
    private boolean broken;

    /**
     * A printer.
     *
     * @param out where to, unbuffered
     * @param most ends after this many lines; what comes later is dropped
     * @param moreWaiting whether another message follows at once
     * @param onMost called once, after the last line was written out
     */
    LinePrinter(OutputStream out, long most, BooleanSupplier moreWaiting, Runnable onMost) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
        this.most = most;
        this.moreWaiting = moreWaiting;
        this.onMost = onMost;
    }

    @Override
    public void onMessage(Message message) {
        if (print(message.payload())) {
            onMost.run();
        }
    }

    /** Lines printed so far. */
    synchronized long printed() {
        return printed;
    }

    /** Whether this line was the last one wanted. */
    private synchronized boolean print(Payload payload) {
        if (broken || printed == most) {
            return false;
        }
        int length = payload.length();
        if (scratch.length <= length) {
            scratch = new byte[length + 1];
        }
        payload.copyTo(scratch, 0);
        scratch[length] = '\n';
        try {
            out.write(scratch, 0, length + 1);
            printed++;
            if (printed == most || !moreWaiting.getAsBoolean()) {
                out.flush();
            }
        } catch (IOException e) {
            throw broken(e);
        }
        return printed == most;
    }

    /** Writes out what is still here; the stream below stays open. */
    @Override
    public synchronized void close() {
        try {
            if (!broken) {
                out.flush();
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Told once; the command ends. */
    private CommandFailure broken(IOException e) {
        broken = true;
        return new CommandFailure(ExitCode.INPUT_OUTPUT, "cannot write to standard output: " + e.getMessage(), e);
    }
}
