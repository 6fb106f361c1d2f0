/**
 * From an endpoint to a session: names, sockets, TLS, and the threads they run on.
 *
 * <pre>
 * NettyConnector -- {@link io.holdfast.netty.internal.transport.ConnectAttempt}: one deadline over
 *      {@link io.holdfast.netty.internal.transport.Lookups}  DNS and key files, on threads that may block
 *      TCP          each address in turn
 *      TLS, logon   {@link io.holdfast.netty.internal.transport.ClientPipeline}, the handlers in their order
 * --&gt; a connection, or one typed failure and nothing left
 * </pre>
 */
@NullMarked
package io.holdfast.netty.internal.transport;

import org.jspecify.annotations.NullMarked;
