/**
 * One value type per concept of the wire protocol.
 *
 * <pre>
 * outbound   {@link io.holdfast.client.message.Command}  = verb + header fields + {@link io.holdfast.client.message.Payload}     immutable
 * inbound    {@link io.holdfast.client.message.Message}  = a view of one received publish, sow or oof frame                      valid during the call
 *            {@link io.holdfast.client.message.Ack}      = the broker's answer to a command                                      immutable
 * </pre>
 *
 * <p>Nothing here does I/O, knows a connection, or depends on a JSON library: the header of a frame is written and read
 * by the transport. Values are validated when they are made, so that a command which exists can be sent.
 */
@NullMarked
package io.holdfast.client.message;

import org.jspecify.annotations.NullMarked;
