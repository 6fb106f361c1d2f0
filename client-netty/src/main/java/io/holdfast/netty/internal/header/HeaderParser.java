package io.holdfast.netty.internal.header;

import io.netty.buffer.ByteBuf;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class HeaderParser {

    /**
     * Reads the header of one frame; what follows it is the payload.
     *
     * @throws io.holdfast.client.error.ProtocolException naming what is wrong and at which byte
     */
    public void parse(ByteBuf buffer, int index, int length, InboundFrame into) {
        throw new UnsupportedOperationException();
    }
}
