/**
 * The transport of Holdfast on Netty: one logged-on connection at a time, over TCP or TLS.
 *
 * <pre>
 * {@link io.holdfast.netty.NettyConnectorProvider} -- found by ServiceLoader --&gt; {@link io.holdfast.netty.NettyConnector}
 *
 * inbound   socket -&gt; internal.frame -&gt; internal.header -&gt; internal.session -&gt; InboundSink
 * outbound  socket &lt;- internal.write &lt;- internal.frame, internal.header  &lt;- Connection
 * </pre>
 *
 * <p>It knows no store, no subscription and no second try. Everything below {@code internal} may change at any time.
 */
@NullMarked
package io.holdfast.netty;

import org.jspecify.annotations.NullMarked;
