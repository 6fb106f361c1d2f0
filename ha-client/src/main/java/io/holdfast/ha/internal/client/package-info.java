/**
 * What outlives connections: the facade, the publisher, the router and the lanes.
 *
 * <pre>
 * application --&gt; HaClient --&gt; Publisher --&gt; Admission --&gt; PublishLine --&gt; Connection  store and write queue: one step
 *                    |                                                                  under one lock
 *                    |-------&gt; SubscriptionSide ----&gt; Connection        subscribe, unsubscribe, again in each session
 *                    |-------&gt; HaDriver ---(Session per link)--&gt; Connector  the only place that changes the state
 *
 * Connection --&gt; Router --&gt; Intake --&gt; SubscriberLane --(delivery executor)--&gt; MessageHandler
 *                   |   \-&gt; DirectLane --------------------------&gt; MessageHandler
 *                   +-----&gt; Publisher: PublishSessions --&gt; PublishAcks --&gt; results, barriers; FailedWrites --&gt; handler or listener
 *
 * StoredAdmission: nothing older waits --&gt; straight to the PublishLine; else StoreReplayer --(store's thread, or the driver's)--&gt; PublishLine
 * DirectAdmission: without a store, the connection takes it or it was never published
 * PublishRoom: what a publish does without room      Doubts: what another's sequence changes
 *
 * any of them --&gt; ListenerDispatch --(delivery executor)--&gt; ClientListener
 * </pre>
 *
 * <p>Publisher, router and lanes take the connection they work on as an argument or an attachment; nothing here but
 * {@code Session}, made anew for each, ties the client to a single one.
 */
@NullMarked
package io.holdfast.ha.internal.client;

import org.jspecify.annotations.NullMarked;
