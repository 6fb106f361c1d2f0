/**
 * Frames on a TCP stream: a 4-byte unsigned big-endian length, then as many bytes of content.
 *
 * <pre>
 * socket --&gt; {@link io.holdfast.netty.internal.frame.FrameDecoder} -- {@link io.holdfast.netty.internal.frame.Frame}, in place --&gt; internal.header
 * socket &lt;-- internal.write &lt;-- {@link io.holdfast.netty.internal.frame.FrameEncoder}: begin, content, end
 * </pre>
 */
@NullMarked
package io.holdfast.netty.internal.frame;

import org.jspecify.annotations.NullMarked;
