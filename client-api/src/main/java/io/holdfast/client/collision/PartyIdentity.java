package io.holdfast.client.collision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the programs that use a name, by what is known about it. Of a rival all but the address is its own word.
 *
 * @param host its host; {@code null} if not told
 * @param pid its process id in its own namespace, -1 if not told
 * @param since since when it holds the name, by its own clock; {@code null} if not told
 * @param nonce tells its process from every other; {@code null} if it sent no stamp of ours
 * @param address where the broker sees it; {@code null} if not told
 * @param opaque its correlation id if that is no stamp of ours; {@code null} if it is one, or there is none
 */
public record PartyIdentity(
        @Nullable String host,
        long pid,
        @Nullable Instant since,
        @Nullable String nonce,
        @Nullable String address,
        @Nullable String opaque) {

    /** A party of which nothing is known. */
    public static final PartyIdentity UNKNOWN = new PartyIdentity(null, -1, null, null, null, null);

    /** Whether it sent a stamp of ours: it runs this library, or pretends to. */
    public boolean isReadable() {
        return nonce != null;
    }
}
