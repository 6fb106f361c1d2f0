package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes the lock of a folder; the real one is {@link FileLocks}. Any thread. */
interface FolderLocks {

    /**
     * Takes the lock if it is free, without waiting.
     *
     * @param folder an existing folder
     * @param createdAt where in the program this is for, for the error another client of this JVM gets
     */
    Attempt tryLock(Path folder, String createdAt) throws IOException;

    /**
     * How it went: exactly one of the three is there.
     *
     * @param lock we have it
     * @param holderHere another client of this JVM has it, made at this place
     * @param isHeldElsewhere another process has it
     */
    record Attempt(@Nullable Lock lock, @Nullable String holderHere, boolean isHeldElsewhere) {

        static Attempt taken(Lock lock) {
            return new Attempt(lock, null, false);
        }

        static Attempt heldHere(String createdAt) {
            return new Attempt(null, createdAt, false);
        }

        static Attempt heldElsewhere() {
            return new Attempt(null, null, true);
        }
    }

    /** A lock that is held. */
    interface Lock {

        /** Gives it back; further calls do nothing. */
        void release() throws IOException;
    }
}
