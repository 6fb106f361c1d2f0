/**
 * What drives the machine: one mailbox, on one thread.
 *
 * <pre>
 * application: connect, reconnectNow, close --\                                      /--&gt; Connector, Connection
 * Connector, Connection: answers and ends -----+--&gt; mailbox --&gt; HaMachine --effects--+--&gt; Scheduler
 * Scheduler: timers --------------------------/   (HaDriver)                         |--&gt; LinkSession: resume
 *                                                                                    |--&gt; EndpointSelector
 *                                                                                    \--&gt; state, listener, log
 * </pre>
 *
 * <p>{@link io.holdfast.ha.internal.driver.HaThread} is the production's executor and scheduler; a simulation brings its own.
 */
@NullMarked
package io.holdfast.ha.internal.driver;

import org.jspecify.annotations.NullMarked;
