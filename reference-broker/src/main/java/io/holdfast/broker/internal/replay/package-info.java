/**
 * Replay: subscriptions that follow the log from a bookmark on, at their own pace.
 *
 * <pre>
 * bookmark --{@link io.holdfast.broker.internal.replay.BookmarkText}--&gt; {@link io.holdfast.broker.internal.replay.BookmarkResolver} --from..to--&gt; {@link io.holdfast.broker.internal.replay.Replay} --while there is room--&gt; outbound
 *                                                              ^ next record
 * log --cursor, on the replay thread: {@link io.holdfast.broker.internal.replay.ReplayReader}--&gt; batch --&gt; {@link io.holdfast.broker.internal.replay.ReplaySource} &lt;-- {@link io.holdfast.broker.internal.replay.LogTail} &lt;-- append
 * </pre>
 *
 * <p>Each replay has one position and takes the records of the log in order, from wherever they are at hand. There is no moment of
 * switching from replay to live delivery, so there is nothing that could be lost or doubled in it.
 */
@NullMarked
package io.holdfast.broker.internal.replay;

import org.jspecify.annotations.NullMarked;
