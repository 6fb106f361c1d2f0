package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.file.Path;

/** Knows whether stores hold messages; given by the stores, which the identity knows nothing of. Any thread; only reads. */
@FunctionalInterface
public interface StoredMessages {

    /**
     * Whether there is a message in the stores of a name, or something that cannot be told from one.
     *
     * @param stores the folder of the stores; it need not exist
     * @param clientName the name
     */
    boolean in(Path stores, String clientName) throws IOException;
}
