package io.holdfast.netty.internal.header;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** Skeleton: Frame in, InboundFrame out. */
public final class HeaderDecoder extends ChannelInboundHandlerAdapter {}
