package io.holdfast.ha.identity;

import io.holdfast.ha.internal.identity.NameAcquisition;
import io.holdfast.ha.internal.identity.Surveyor;
import io.holdfast.ha.internal.store.PublishStores;
import java.io.IOException;
import java.util.Set;

/**
 * Acquires the name of a client, before any connection. Immutable; any thread that may wait for files.
 *
 * <p>A name or slot whose last holder ran on another machine, or before the last boot, and did not close it is watched for ten
 * seconds first.
 */
public final class NameKeeper {

    private final IdentityOptions options;

    private NameKeeper(IdentityOptions options) {
        this.options = options;
    }

    /** A keeper with these options. */
    public static NameKeeper of(IdentityOptions options) {
        return new NameKeeper(options);
    }

    /**
     * Acquires the name.
     *
     * @param servers the addresses of the servers it will log on to: within one JVM the same name may be used twice only
     *     for groups of servers that share none. Empty stands for all
     * @param listener told if the name is lost
     * @throws IllegalArgumentException if the options give no name
     * @throws io.holdfast.client.error.IdentityInUseException if another client or process has the name
     * @throws io.holdfast.client.error.IdentityDamagedException if its file cannot be believed
     * @throws io.holdfast.client.error.IdentityCopiedException if its folder is a copy
     * @throws io.holdfast.client.error.IdentityMovedException if its folder came from elsewhere, and that is refused
     * @throws io.holdfast.client.error.IdentityUnavailableException if no name can be kept at all
     */
    public HeldName acquire(Set<String> servers, IdentityListener listener) {
        return NameAcquisition.ofThisProcess(options, PublishStores::holdMessages)
                .acquire(servers, listener);
    }

    /**
     * Looks which name {@link #acquire} would give now and who holds which; takes nothing, and up to three seconds.
     *
     * @throws IllegalArgumentException if the options give no name
     * @throws IOException if the folders cannot be read
     * @throws InterruptedException if interrupted while looking
     */
    public NameSurvey survey() throws IOException, InterruptedException {
        return Surveyor.ofThisProcess(options, PublishStores::holdMessages).survey();
    }
}
