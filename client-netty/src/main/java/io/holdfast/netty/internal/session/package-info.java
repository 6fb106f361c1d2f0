/**
 * One session on one socket, from the logon to the one exit. Everything here lives on the connection's event loop, but for the
 * entrance of callers, {@link io.holdfast.netty.internal.session.NettyConnection}.
 *
 * <pre>
 * internal.header -- InboundFrame --&gt; {@link io.holdfast.netty.internal.session.LogonHandler}     until the broker's answer; then it is gone
 *                                --&gt; {@link io.holdfast.netty.internal.session.SessionHandler}   messages to the sink, acks to {@link io.holdfast.netty.internal.session.PendingCommands}
 * socket, either way -- bytes --&gt; {@link io.holdfast.netty.internal.session.HeartbeatHandler} signs of life, ours and the peer's
 * whatever ends it            --&gt; {@link io.holdfast.netty.internal.session.DisconnectHandler} first cause wins, told once
 * </pre>
 */
@NullMarked
package io.holdfast.netty.internal.session;

import org.jspecify.annotations.NullMarked;
