package io.holdfast.broker.internal.replication;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a log is replicated to: {@code tcp://[user:password@]host:port[/...]}. {@link #toString} leaves out the password.
 *
 * @param host the host
 * @param port the clients' port of the other instance
 * @param userInfo user and password, if given
 */
public record ReplicationTarget(
        String host, int port, @Nullable String userInfo) {

    /**
     * The target of a URI.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ReplicationTarget of(URI uri) {
        if (!"tcp".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("replication goes to tcp://host:port, not to "
                    + (uri.getUserInfo() == null ? uri : uri.getScheme() + "://...@" + uri.getHost()));
        }
        return new ReplicationTarget(uri.getHost(), uri.getPort(), uri.getUserInfo());
    }

    @Nullable
    String user() {
        return userInfo == null ? null : userInfo.replaceAll(":.*", "");
    }

    @Nullable
    String password() {
        return userInfo == null || !userInfo.contains(":") ? null : userInfo.substring(userInfo.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return "tcp://" + host + ":" + port;
    }
}
