/**
 * The transaction log: what the broker acknowledged as persisted is here, and replays read it.
 *
 * <pre>
 * PublishHandler --append--&gt; {@link io.holdfast.broker.internal.journal.TransactionLog} --batch--&gt; log's thread: write, force
 *                                  | durable(index), on the broker's thread             |
 *                                  v                                                    v
 *                  persisted acks, bookmark subscriptions                            segments, index
 *                                                                                       |
 * replay's thread &lt;--read-- {@link io.holdfast.broker.internal.journal.LogCursor} &lt;-----------------------+
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.journal;

import org.jspecify.annotations.NullMarked;
