/**
 * The seam between the client and its transport.
 *
 * <pre>
 * client  -- {@link io.holdfast.client.connect.ConnectRequest} --&gt; {@link io.holdfast.client.connect.Connector}
 *                    one deadline over DNS + TCP + TLS + logon
 * client  &lt;-- {@link io.holdfast.client.connect.Connection}, or one typed failure --
 * client  -- publish, execute, pauseReads/resumeReads, close --&gt; Connection
 * client  &lt;-- {@link io.holdfast.client.connect.InboundSink}: messages, publish acks --   on the connection's own thread
 * client  &lt;-- {@link io.holdfast.client.connect.Disconnect}: once, source and cause --
 * </pre>
 *
 * <p>A transport knows frames, headers, acks and heartbeats. It knows no subscription, no store, and never tries again:
 * that is the client's. A transport is found with {@link io.holdfast.client.connect.ConnectorProvider}.
 */
@NullMarked
package io.holdfast.client.connect;

import org.jspecify.annotations.NullMarked;
