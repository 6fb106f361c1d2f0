package io.holdfast.ha.sim;

import java.time.Duration;

/**
 * How a simulated broker behaves where the protocol leaves room; see {@code docs/internals/simulation.md} for the facts that
 * leave none.
 *
 * @param transactionLog whether it has one: without, names are not unique, nothing is replayed, and each publish is
 *     acknowledged by itself
 * @param fsync the longest from accepting a message to having it on disk
 * @param ackConflation how long acknowledgements of publishes are collected
 * @param acksTellHighest whether such an acknowledgement names the highest number that is durable under the name, whoever
 *     published it, and not only the highest of this connection
 * @param replication the longest from durable here to known at a replica
 * @param synchronousReplicas whether a message counts as persisted only when every replica has it
 * @param replayBatch how many messages go out before others get their turn
 * @param loses every so many messages that it acknowledges it keeps none of: zero for an honest broker
 * @param forgetsDuplicates whether it takes again what it holds already: {@code false} for an honest broker
 * @param skips every so many messages that it should send it leaves out: zero for an honest broker
 */
record BrokerRules(
        boolean transactionLog,
        Duration fsync,
        Duration ackConflation,
        boolean acksTellHighest,
        Duration replication,
        boolean synchronousReplicas,
        int replayBatch,
        int loses,
        boolean forgetsDuplicates,
        int skips) {

    /** An honest broker with a transaction log. */
    static final BrokerRules HONEST = new BrokerRules(
            true, Duration.ofMillis(5), Duration.ofMillis(50), false, Duration.ofMillis(5), true, 8, 0, false, 0);

    BrokerRules withTransactionLog(boolean value) {
        return new BrokerRules(
                value,
                fsync,
                ackConflation,
                acksTellHighest,
                replication,
                synchronousReplicas,
                replayBatch,
                loses,
                forgetsDuplicates,
                skips);
    }

    BrokerRules withTimes(Duration newFsync, Duration newAckConflation, Duration newReplication) {
        return new BrokerRules(
                transactionLog,
                newFsync,
                newAckConflation,
                acksTellHighest,
                newReplication,
                synchronousReplicas,
                replayBatch,
                loses,
                forgetsDuplicates,
                skips);
    }

    BrokerRules withHabits(boolean newAcksTellHighest, boolean newSynchronousReplicas, int newReplayBatch) {
        return new BrokerRules(
                transactionLog,
                fsync,
                ackConflation,
                newAcksTellHighest,
                replication,
                newSynchronousReplicas,
                newReplayBatch,
                loses,
                forgetsDuplicates,
                skips);
    }

    /** A broker that breaks the rules, to see whether the simulation notices. */
    BrokerRules broken(int newLoses, boolean newForgetsDuplicates, int newSkips) {
        return new BrokerRules(
                transactionLog,
                fsync,
                ackConflation,
                acksTellHighest,
                replication,
                synchronousReplicas,
                replayBatch,
                newLoses,
                newForgetsDuplicates,
                newSkips);
    }
}
