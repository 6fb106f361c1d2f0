/**
 * What has been published and is not confirmed: its order, its numbers, its bounds, and where its bodies are.
 *
 * <pre>
 * Publisher --&gt; PublishStore --&gt; PublishWindow       unsettled messages in order; the links are the StoredPublish themselves
 *                    |---------&gt; StoreBounds         how much may be stored
 *                    |---------&gt; StoreSequences      what was written under which sequence, and what a broker's sequence says:
 *                    |             SequenceSource, VisitedServers
 *                    +---------&gt; PublishLog: MemoryLog (nothing or bodies), FileLog
 *
 * FileLog --&gt; LogFiles: Segment, SegmentFile, PublishRecords   appends records to the newest file; IdRanges: what is settled
 *        |--&gt; LogDurability, GroupCommit                       one write of the disk for many threads
 *        |--&gt; MessageReader, RecordReader                      reads messages back
 *        |--&gt; Tidying                                          notes what is settled, deletes files that are over
 *        |--&gt; StateWriter                                      the state, when writing to a connection begins and ends
 *        |--&gt; LogRecovery, RecoveredMessages, LostParts        what is there after a restart, and what is not
 *        |--&gt; LogCondition                                     usable, closed, or broken
 *        +--&gt; StoreThread                                      what nobody should wait for, and the disk
 * </pre>
 */
@NullMarked
package io.holdfast.ha.internal.store;

import org.jspecify.annotations.NullMarked;
