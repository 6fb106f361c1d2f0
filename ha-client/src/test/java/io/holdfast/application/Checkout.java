package io.holdfast.application;

import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameKeeper;
import java.util.Set;

/** An application's class, outside the SDK's packages: the place an error must point to. */
public final class Checkout {

    private Checkout() {}

    /** The line that the other client's error names. */
    public static HeldName makeClient(IdentityOptions options, Set<String> servers) {
        return NameKeeper.of(options).acquire(servers, (name, lost) -> {});
    }
}
