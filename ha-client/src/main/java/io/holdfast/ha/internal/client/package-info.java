/**
 * What outlives connections: the facade, the publisher, the router and the lanes.
 *
 * <pre>
 * application --&gt; HaClient --&gt; Publisher ----------&gt; Connection        sequence, window, write queue: one step
 *                    |-------&gt; Subscriptions -------&gt; Connection        subscribe, unsubscribe
 *                    |-------&gt; HaDriver ---(Session per link)--&gt; Connector  the only place that changes the state
 *
 * Connection --&gt; Router --&gt; SubscriberLane --(delivery executor)--&gt; MessageHandler
 *                   |   \-&gt; DirectLane --------------------------&gt; MessageHandler
 *                   +-----&gt; Publisher: acks --&gt; InFlight
 * any of them --&gt; ListenerDispatch --(delivery executor)--&gt; ClientListener
 * </pre>
 *
 * <p>Publisher, router and lanes take the connection they work on as an argument or an attachment; nothing here but
 * {@code Session}, made anew for each, ties the client to a single one.
 */
@NullMarked
package io.holdfast.ha.internal.client;

import org.jspecify.annotations.NullMarked;
