/**
 * {@code holdfast demo collision}: two programs with one client name, naive ones first and then Holdfast's, measured.
 *
 * <pre>
 * {@link io.holdfast.samples.demo.collision.CollisionDemoCommand}: embedded broker --&gt; CollisionScript --&gt; NameFight: two naive clients
 *                                                  |--&gt; ChildProgram, twice: {@code hold}, one name, a state folder each
 *   broker's events --&gt; StatusWatch --\             |
 *   child's stdout, stderr --&gt; ChildLines --&gt; Sightings --&gt; Settlement, Takeover --&gt; SettlingPage, TakeoverPage
 * </pre>
 */
@NullMarked
package io.holdfast.samples.demo.collision;

import org.jspecify.annotations.NullMarked;
