package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityInUseException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM holds: lock files by real path, names by server group, and the nonce of the process. Thread-safe.
 *
 * <p>The one static state of the library: two clients that know nothing of each other must find each other here, because
 * the operating system sees them as one process.
 */
final class JvmRegistry {

    private static final JvmRegistry SHARED = new JvmRegistry(nonce(new SecureRandom()));

    private final String processNonce;
    private final Map<Path, String> lockFiles = new HashMap<>();
    private final Map<Path, FileChannel> leftOpen = new HashMap<>();
    private final List<Registration> names = new ArrayList<>();

    JvmRegistry(String processNonce) {
        this.processNonce = processNonce;
    }

    /** The registry of this JVM. */
    static JvmRegistry shared() {
        return SHARED;
    }

    /** 16 hexadecimal digits. */
    static String nonce(java.util.random.RandomGenerator random) {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Tells this process from every other that logs on; the same for all its clients. */
    String processNonce() {
        return processNonce;
    }

    /** Claims a lock file; {@code null} if it was free, else where the other client was made. */
    synchronized @Nullable String claim(Path lockFile, String createdAt) {
        return lockFiles.putIfAbsent(lockFile, createdAt);
    }

    synchronized void unclaim(Path lockFile) {
        lockFiles.remove(lockFile);
    }

    /** Keeps a channel that must not be closed. */
    synchronized void leaveOpen(Path lockFile, FileChannel channel) {
        leftOpen.put(lockFile, channel);
    }

    synchronized @Nullable FileChannel takeLeftOpen(Path lockFile) {
        return leftOpen.remove(lockFile);
    }

    /**
     * Registers a name with a group of servers.
     *
     * @param servers their addresses; two groups are the same if they share one, or if one of them is empty (not known)
     * @throws IdentityInUseException if a client of this JVM has the name with the same group
     */
    synchronized Registration register(String name, Set<String> servers, String createdAt) {
        for (Registration other : names) {
            if (other.name.equals(name) && other.sharesServer(servers)) {
                throw IdentityInUseException.inThisJvm(name, other.createdAt);
            }
        }
        Registration registration = new Registration(name, Set.copyOf(servers), createdAt);
        names.add(registration);
        return registration;
    }

    private synchronized void unregister(Registration registration) {
        names.removeIf(other -> other == registration);
    }

    /** A registered name. */
    final class Registration {

        private final String name;
        private final Set<String> servers;
        private final String createdAt;

        private Registration(String name, Set<String> servers, String createdAt) {
            this.name = name;
            this.servers = servers;
            this.createdAt = createdAt;
        }

        private boolean sharesServer(Set<String> others) {
            return servers.isEmpty() || others.isEmpty() || !Collections.disjoint(servers, others);
        }

        void close() {
            unregister(this);
        }
    }
}
