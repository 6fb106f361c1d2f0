/**
 * From a frame to what it does.
 *
 * <pre>
 * {@link io.holdfast.broker.internal.command.ConnectionHandler} (Netty) --&gt; {@link io.holdfast.broker.internal.command.CommandTable} --&gt; logon | publish | subscribe | unsubscribe | flush | heartbeat
 *                                                          any end of a session --&gt; {@link io.holdfast.broker.internal.command.SessionEnding}
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.command;

import org.jspecify.annotations.NullMarked;
