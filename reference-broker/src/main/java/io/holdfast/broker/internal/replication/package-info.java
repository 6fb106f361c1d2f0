/**
 * Replication for tests of failover: one instance sends its log to another, asynchronously. A test aid, not a cluster: nobody waits for
 * the other side, and nothing is reconciled.
 *
 * <pre>
 * log, durable --{@link io.holdfast.broker.internal.replication.ReplicationLink}--&gt; publish with client_name, s, gseq --&gt; other instance: {@link io.holdfast.broker.internal.replication.ReplicaHandler} --duplicate rule of that name--&gt; its log
 *      ^                                                                                        |
 *      +---------------- logon ack: how far this run's log is held ({@link io.holdfast.broker.internal.replication.Replicas}) ------------+
 * </pre>
 *
 * <p>A link is a session like any other, under the name {@code ~replication-INSTANCE}, with the logon option
 * {@code replication=INSTANCE:RUN}. A record keeps its publisher and sequence, and so its bookmark, on every instance; its place in the
 * order and its time are each instance's own. What came by replication is not sent on, so a pair that replicates both ways does
 * not loop. After a restart of either side the whole log is sent again, and the duplicate rule discards what is held.
 */
@NullMarked
package io.holdfast.broker.internal.replication;

import org.jspecify.annotations.NullMarked;
