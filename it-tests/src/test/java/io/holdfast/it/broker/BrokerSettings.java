package io.holdfast.it.broker;

import java.util.ArrayList;
import java.util.List;

/**
 * What a test asks of its broker.
 *
 * @param transactionLog whether client names are unique and publishes numbered
 * @param users the content of the users file, empty for no authentication
 * @param more further flags
 */
public record BrokerSettings(boolean transactionLog, String users, List<String> more) {

    /** With a transaction log, without authentication. */
    public static final BrokerSettings DEFAULTS = new BrokerSettings(true, "", List.of());

    /** These with the transaction log switched off. */
    public BrokerSettings withoutTransactionLog() {
        return new BrokerSettings(false, users, more);
    }

    /** These with this users file. */
    public BrokerSettings withUsers(String content) {
        return new BrokerSettings(transactionLog, content, more);
    }

    /** These with these further flags. */
    public BrokerSettings withFlags(String... flags) {
        return new BrokerSettings(transactionLog, users, List.of(flags));
    }

    /** The command line, but for addresses. */
    List<String> flags(String usersFile) {
        List<String> flags = new ArrayList<>(List.of("--transaction-log=" + transactionLog, "--instance=under-test"));
        if (!users.isEmpty()) {
            flags.add("--users=" + usersFile);
        }
        flags.addAll(more);
        return flags;
    }
}
