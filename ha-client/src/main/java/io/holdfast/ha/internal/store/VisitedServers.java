package io.holdfast.ha.internal.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The servers that a store was logged on to: what one of them holds for the name was seen there, so that what it holds beyond
 * that has come since. Bounded; of more than {@value #MOST} the one that was not seen for the longest time is forgotten.
 *
 * <p>Confined to the lock of its owner.
 */
final class VisitedServers {

    /** More than any list of servers is long. */
    static final int MOST = 64;

    private final Set<String> addresses;

    VisitedServers(List<String> addresses) {
        this.addresses = new LinkedHashSet<>(addresses);
    }

    /**
     * A logon to one succeeded.
     *
     * @return whether it was known
     */
    boolean visit(String address) {
        boolean known = addresses.remove(address);
        addresses.add(address);
        if (addresses.size() > MOST) {
            addresses.remove(addresses.iterator().next());
        }
        return known;
    }

    /** The latest last. */
    List<String> list() {
        return new ArrayList<>(addresses);
    }
}
