/**
 * What has been published and is not confirmed: its order, its numbers, its bounds, and where its bodies are.
 *
 * <pre>
 * Publisher --&gt; PublishStore --&gt; PublishWindow       unsettled messages in order; the links are the StoredPublish themselves
 *                    |---------&gt; SequenceSource      id to wire sequence and back, whose sequence is it
 *                    +---------&gt; PublishLog: MemoryLog (nothing or bodies), FileLog
 *
 * FileLog --&gt; Segment, SegmentFile, PublishRecords   appends records; IdRanges: what is settled
 *        |--&gt; GroupCommit                            one write of the disk for many threads
 *        |--&gt; LogRecovery                            what is there after a restart
 *        +--&gt; StoreThread                            what nobody should wait for
 * </pre>
 */
@NullMarked
package io.holdfast.ha.internal.store;

import org.jspecify.annotations.NullMarked;
