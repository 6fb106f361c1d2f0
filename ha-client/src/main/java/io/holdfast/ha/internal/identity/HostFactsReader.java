package io.holdfast.ha.internal.identity;

import io.holdfast.client.spi.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link HostFacts} of this process. Where Linux's files are missing:
 *
 * <ul>
 *   <li>machine id: {@code host:} and the host name. Renaming the machine then counts as a move.
 *   <li>boot id: {@code host:} and the host name. Locks are then trusted between processes that say they are on one host, and
 *       the mark decides between hosts: two machines of one name must not share a volume.
 *   <li>host name: {@code HOSTNAME}, {@code COMPUTERNAME}, else what the resolver says within two seconds, else
 *       {@code unknown-host}.
 * </ul>
 */
final class HostFactsReader {

    private static final int MAX_BYTES = 512;
    private static final long RESOLVER_TIMEOUT_MS = 2_000;

    private final Path root;
    private final UnaryOperator<@Nullable String> environment;

    /** A reader of the files under {@code root}, which is {@code /} but for a test. */
    HostFactsReader(Path root, UnaryOperator<@Nullable String> environment) {
        this.root = root;
        this.environment = environment;
    }

    HostFacts read(Clock clock) {
        String host = hostName();
        ProcessHandle self = ProcessHandle.current();
        return new HostFacts(
                host,
                System.getProperty("user.name", "unknown-user"),
                self.pid(),
                self.info().startInstant().orElseGet(clock::instant),
                machineId(host),
                bootId(host));
    }

    String machineId(String host) {
        return firstOf("host:" + host, "etc/machine-id", "var/lib/dbus/machine-id");
    }

    String bootId(String host) {
        return firstOf("host:" + host, "proc/sys/kernel/random/boot_id");
    }

    String hostName() {
        String name = firstOf("", "proc/sys/kernel/hostname", "etc/hostname");
        for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            String value = environment.apply(variable);
            if (name.isEmpty() && value != null) {
                name = value.strip();
            }
        }
        return name.isEmpty() ? resolvedHostName() : name;
    }

    private String firstOf(String fallback, String... files) {
        for (String file : files) {
            String text = text(root.resolve(file));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return fallback;
    }

    /** Empty if the file is not on this system, or not for us to read: then there is a next one, or the fallback. */
    private static String text(Path file) {
        try {
            return new String(PrivateFiles.read(file, MAX_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The resolver may ask the network, and may take minutes to give up. */
    private static String resolvedHostName() {
        CompletableFuture<String> name = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        name.complete(InetAddress.getLocalHost().getHostName());
                    } catch (UnknownHostException e) {
                        name.completeExceptionally(e);
                    }
                },
                "holdfast-host-name");
        thread.setDaemon(true);
        thread.start();
        try {
            return name.get(RESOLVER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown-host";
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            return "unknown-host";
        }
    }
}
