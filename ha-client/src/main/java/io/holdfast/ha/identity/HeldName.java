package io.holdfast.ha.identity;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A client name that is ours until it is closed or lost: made by {@link NameKeeper}, held for the life of a client, across all
 * its connections. Thread-safe.
 */
public interface HeldName extends AutoCloseable {

    /** The name to log on with. */
    String name();

    /** Where it came from. */
    NameSource source();

    /** The slot, if the name came from one. */
    OptionalInt slot();

    /** The folder that is locked for it, in which its stores belong; none in ephemeral mode. */
    Optional<Path> folder();

    /** Since when we hold it, by our wall clock. */
    Instant since();

    /** False once it is lost or closed: nothing may log on with it then. */
    boolean isHeld();

    /** What the correlation id of each logon is to say about us, as far as {@code holdfast.identity.disclose} allows. */
    IdentityStamp stamp();

    /**
     * Gives the name back. Close every connection first: the next holder may log on at once. Idempotent; waits for the
     * volume at most five seconds.
     */
    @Override
    void close();
}
