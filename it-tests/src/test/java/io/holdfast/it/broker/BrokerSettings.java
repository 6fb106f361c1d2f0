package io.holdfast.it.broker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test asks of its broker.
 *
 * @param transactionLog whether client names are unique and publishes numbered
 * @param users the content of the users file, empty for no authentication
 * @param kept whether the transaction log is on disk, so that it is there when the broker is started again
 * @param instance the instance's name
 * @param replicateTo {@code tcp://host:port} of the instance that gets its log; {@code null} for none
 * @param more further flags
 */
public record BrokerSettings(
        boolean transactionLog,
        String users,
        boolean kept,
        String instance,
        @Nullable String replicateTo,
        List<String> more) {

    /** With a transaction log in memory, without authentication. */
    public static final BrokerSettings DEFAULTS = new BrokerSettings(true, "", false, "under-test", null, List.of());

    /** These with the transaction log switched off. */
    public BrokerSettings withoutTransactionLog() {
        return new BrokerSettings(false, users, kept, instance, replicateTo, more);
    }

    /** These with this users file. */
    public BrokerSettings withUsers(String content) {
        return new BrokerSettings(transactionLog, content, kept, instance, replicateTo, more);
    }

    /** These with the transaction log on disk. */
    public BrokerSettings withLogOnDisk() {
        return new BrokerSettings(transactionLog, users, true, instance, replicateTo, more);
    }

    /** These with these further flags. */
    public BrokerSettings withFlags(String... flags) {
        return new BrokerSettings(transactionLog, users, kept, instance, replicateTo, List.of(flags));
    }

    /** These as one of a pair: its name, and where the other is. */
    BrokerSettings ofPair(String name, String other) {
        return new BrokerSettings(transactionLog, users, kept, name, other, more);
    }

    /** The command line, but for addresses. */
    List<String> flags(String usersFile, String dataFolder) {
        List<String> flags = new ArrayList<>(List.of("--transaction-log=" + transactionLog, "--instance=" + instance));
        if (!users.isEmpty()) {
            flags.add("--users=" + usersFile);
        }
        if (kept) {
            flags.add("--data=" + dataFolder);
        }
        if (replicateTo != null) {
            flags.addAll(List.of("--accept-replication", "--replicate-to=" + replicateTo));
        }
        flags.addAll(more);
        return flags;
    }
}
