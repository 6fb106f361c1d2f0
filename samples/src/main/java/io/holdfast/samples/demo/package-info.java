/**
 * {@code holdfast demo}: the main job, and the reason for this project, measured on an embedded broker.
 *
 * <pre>
 * {@link io.holdfast.samples.demo.DemoCommand}: embedded broker --&gt; {@link io.holdfast.samples.demo.DemoScript} --&gt; {@link io.holdfast.samples.demo.OrderedRun}: one publisher, one subscriber, distinct names
 *                              --&gt; {@link io.holdfast.samples.demo.NameFight}: two {@link io.holdfast.samples.demo.NaiveClient}s, one name
 *                   broker's events --&gt; {@link io.holdfast.samples.demo.StatusEvent} --&gt; {@link io.holdfast.samples.demo.EvictionLedger}: who evicted whom
 *                   each copy's sessions --&gt; {@link io.holdfast.samples.demo.NaiveReport}: what the loser saw
 *                              --&gt; {@link io.holdfast.samples.demo.FightPage}: the two sides, line by line
 *                              or {@link io.holdfast.samples.demo.FightSummary}, for the demo in {@link io.holdfast.samples.demo.collision}
 * </pre>
 */
@NullMarked
package io.holdfast.samples.demo;

import org.jspecify.annotations.NullMarked;
