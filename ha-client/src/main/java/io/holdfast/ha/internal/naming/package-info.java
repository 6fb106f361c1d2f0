/**
 * The life of the collision machine: events in, effects out, control connections.
 *
 * <pre>
 * HaDriver: logons, ends --\                                             /--&gt; Link: hold, stand by, log on
 * publish side: sequences --+--&gt; {@link io.holdfast.ha.internal.naming.NameDriver} --&gt; CollisionMachine --+--&gt; ControlLinks
 * ControlLinks: status -----+         ^                                  |--&gt; log, listener, JFR
 * application: takeOver ---/          \-- timer                          \--&gt; CollisionHandler
 * </pre>
 *
 * <p>All of it in the driver's mailbox, but for what connections call.
 */
@NullMarked
package io.holdfast.ha.internal.naming;

import org.jspecify.annotations.NullMarked;
