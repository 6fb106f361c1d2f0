package io.holdfast.broker.internal.wire;

/**
 * One frame as it was read: its header, and its body as a range of the frame's own bytes, which nobody changes any more.
 *
 * @param header the fields
 * @param content the whole frame after the length field
 * @param bodyOffset where the body begins in {@code content}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier on the hot path, never compared
public record Frame(Header header, byte[] content, int bodyOffset) {

    /** The length of the body in bytes. */
    public int bodyLength() {
        return content.length - bodyOffset;
    }
}
