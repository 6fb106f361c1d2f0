package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.transport.FlushList;
import io.netty.channel.EventLoop;

/**
 * What all replays use.
 *
 * @param held what all of them together hold of the log in memory
 */
record Shared(
        TransactionLog log,
        LogTail tail,
        ReplayReader reader,
        ReplayFrames frames,
        EventLoop loop,
        SessionEnd exit,
        FlushList flushes,
        HeldBytes held) {}
