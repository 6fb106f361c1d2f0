package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a log may still be used, and the errors for when it may not.
 *
 * <pre>
 * usable --close--&gt; closed
 *    \---nobody knows what is on the disk--&gt; broken (told in the operator's log once)
 * </pre>
 *
 * <p>Confined to the log's lock, but for the errors.
 */
final class LogCondition {

    private static final Logger LOG = LoggerFactory.getLogger(LogCondition.class);

    private final Path folder;
    private final String clientName;
    private boolean opened;
    private boolean closed;
    private boolean endKept;
    private @Nullable StoreException broken;

    LogCondition(Path folder, String clientName) {
        this.folder = folder;
        this.clientName = clientName;
    }

    Path folder() {
        return folder;
    }

    boolean isUsable() {
        return !closed && broken == null;
    }

    boolean isUnbroken() {
        return broken == null;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Lets pass what needs the log.
     *
     * @throws StoreException if it is broken or closed
     */
    void check() {
        if (broken != null) {
            throw broken;
        }
        if (closed) {
            throw over();
        }
    }

    void opened() {
        opened = true;
    }

    void closed() {
        closed = true;
    }

    /** Closing has made durable all there was. */
    void endKept() {
        endKept = true;
    }

    boolean isEndKept() {
        return endKept;
    }

    /** Nobody knows any more what is on the disk: nothing is written from now on. Returns the first such failure. */
    StoreException broken(IOException cause) {
        StoreException before = broken;
        if (before != null) {
            return before;
        }
        StoreException failure = new StoreException(
                folder.toString(),
                Trouble.UNUSABLE,
                Untrusted.escape(cause.toString()),
                "mend the volume and build a new client; what was stored before is still there",
                cause);
        broken = failure;
        LOG.error(
                "HF-2303 publish-store-failed client_name={} folder=\"{}\" detail=\"{}\"",
                Untrusted.escape(clientName),
                Untrusted.escape(folder.toString()),
                Untrusted.escape(cause.toString()));
        return failure;
    }

    /** The disk could not force what was written; opening and closing tell it themselves. */
    void failedToForce(IOException cause) {
        if (opened && !closed) {
            var unused = broken(cause);
        }
    }

    /** The error of whoever waited for that. */
    StoreException notForced(IOException cause) {
        StoreException failed = broken;
        return failed == null ? unavailable(cause) : failed;
    }

    /** The disk has not answered for as long as somebody waited. Any thread. */
    void stalls() {
        LOG.error(
                "HF-2309 publish-store-stalled client_name={} folder=\"{}\" detail=\"the disk does not answer\""
                        + " consequence=\"with sync=always nothing more is stored until it does\"",
                Untrusted.escape(clientName),
                Untrusted.escape(folder.toString()));
    }

    /** It has answered again. Any thread. */
    void moves() {
        LOG.info(
                "HF-2310 publish-store-goes-on client_name={} folder=\"{}\"",
                Untrusted.escape(clientName),
                Untrusted.escape(folder.toString()));
    }

    /** The error of whoever waited in vain, or would. Any thread. */
    StoreException hangs() {
        return new StoreException(
                folder.toString(),
                Trouble.UNAVAILABLE,
                "the disk does not answer",
                "look after the volume; the store goes on by itself when it answers",
                null);
    }

    /** The error of a log that is closed. */
    StoreException over() {
        return new StoreException(folder.toString(), Trouble.UNUSABLE, "it is closed", "build a new client", null);
    }

    /** The error of one operation that failed and changed nothing; the next may succeed. */
    StoreException unavailable(Throwable cause) {
        return unavailable(folder, cause);
    }

    static StoreException unavailable(Path folder, Throwable cause) {
        return new StoreException(
                folder.toString(),
                Trouble.UNAVAILABLE,
                Untrusted.escape(cause.toString()),
                "look for a full disk or missing permissions, and publish again",
                cause);
    }
}
