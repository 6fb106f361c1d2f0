/**
 * Bytes to commands and back; knows no session.
 *
 * <pre>
 * bytes --&gt; {@link io.holdfast.broker.internal.wire.FrameDecoder} --&gt; {@link io.holdfast.broker.internal.wire.HeaderReader} --&gt; {@link io.holdfast.broker.internal.wire.Frame} = {@link io.holdfast.broker.internal.wire.Header} + payload
 * bytes &lt;--------- length in front --------- {@link io.holdfast.broker.internal.wire.HeaderWriter} &lt;-- {@link io.holdfast.broker.internal.wire.Header}
 * </pre>
 *
 * <p>Written apart from the client's codec, on Jackson's streaming parser: a mistake made in both at once would have to be made twice.
 */
@NullMarked
package io.holdfast.broker.internal.wire;

import org.jspecify.annotations.NullMarked;
