/**
 * The header of a frame, a flat JSON object, written and read by hand so that a message makes no garbage.
 *
 * <pre>
 * internal.frame -- Frame --&gt; {@link io.holdfast.netty.internal.header.HeaderDecoder} -- {@link io.holdfast.netty.internal.header.InboundFrame} --&gt; internal.session
 *                                 {@link io.holdfast.netty.internal.header.HeaderParser}: bytes to {@link io.holdfast.netty.internal.header.HeaderField}s
 * internal.write &lt;-- {@link io.holdfast.netty.internal.header.HeaderEncoder} &lt;-- publishes, commands, logon, heartbeats
 * </pre>
 */
@NullMarked
package io.holdfast.netty.internal.header;

import org.jspecify.annotations.NullMarked;
