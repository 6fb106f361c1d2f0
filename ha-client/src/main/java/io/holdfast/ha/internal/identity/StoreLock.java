package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of one durable store, made if it is missing and locked for this client alone: against other processes by the
 * operating system, against other clients of this JVM by its registry. Any thread.
 */
public final class StoreLock implements AutoCloseable {

    private static final String REMEDY = "give each client a folder of its own";

    private final FolderLocks.Lock lock;

    private StoreLock(FolderLocks.Lock lock) {
        this.lock = lock;
    }

    /**
     * Makes and locks a folder, without waiting.
     *
     * @param owner who wants it, for the error that another client of this JVM gets
     * @throws StoreException if another has it, or the file system refuses
     */
    public static StoreLock of(Path folder, String owner) {
        FolderLocks.Attempt attempt;
        try {
            PrivateFiles.createFolder(folder);
            attempt = new FileLocks(JvmRegistry.shared()).tryLock(folder, owner);
        } catch (IOException e) {
            throw new StoreException(
                    folder.toString(),
                    Trouble.UNAVAILABLE,
                    Untrusted.escape(e.toString()),
                    "make the folder writable for this process",
                    e);
        }
        FolderLocks.Lock taken = attempt.lock();
        if (taken != null) {
            return new StoreLock(taken);
        }
        String holder = attempt.holderHere();
        throw new StoreException(
                folder.toString(),
                Trouble.IN_USE,
                holder == null ? "another process has it open" : "open in this JVM, by " + Untrusted.escape(holder),
                REMEDY,
                null);
    }

    /** Gives the folder back. Idempotent. */
    @Override
    public void close() throws IOException {
        lock.release();
    }
}
