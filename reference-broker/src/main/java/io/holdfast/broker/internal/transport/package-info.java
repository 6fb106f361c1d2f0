/**
 * Sockets: listening, TLS, and what leaves the broker for one client.
 *
 * <pre>
 * {@link io.holdfast.broker.internal.transport.BrokerLoop} (the one thread) -- accepts --&gt; pipeline: TLS?, FrameDecoder, connection handler
 * acks, deliveries --&gt; {@link io.holdfast.broker.internal.transport.Outbound}, bounded -- one flush per turn: {@link io.holdfast.broker.internal.transport.FlushList} --&gt; socket
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.transport;

import org.jspecify.annotations.NullMarked;
