package io.holdfast.netty.internal.session;

/**
 * How long nothing had left this side, for the peer's view of us: {@link HeartbeatHandler} tells it of every write, and
 * {@link DisconnectHandler} asks it when the peer has closed.
 *
 * <p>After a standstill the peer's close and our late beat are both due, and either may come first: a silence counts while it
 * lasts, and for as long again as makes one.
 *
 * <pre>
 *    write        two intervals        peer closes       late beat    end
 *      |--------------|--------------------|-----------------|---------|
 *      |&lt;------------------ silence ------------------------&gt;|&lt;- less than two intervals
 * </pre>
 *
 * <p>Confined to the event loop.
 */
final class OwnSilence {

    private final long limitNanos;
    private long lastWriteNanos;
    private long lastNanos;
    private long lastEndNanos;

    /** A silence is longer than this: two heartbeat intervals. */
    OwnSilence(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** From here on it counts. */
    void start(long nowNanos) {
        lastWriteNanos = nowNanos;
        lastNanos = 0;
    }

    /** Something leaves. */
    void wrote(long nowNanos) {
        long silent = sinceWrite(nowNanos);
        if (silent > limitNanos) {
            lastNanos = silent;
            lastEndNanos = nowNanos;
        }
        lastWriteNanos = nowNanos;
    }

    /** How long ago something left. */
    long sinceWrite(long nowNanos) {
        return nowNanos - lastWriteNanos;
    }

    /** How long the silence is, or was, that may have ended a connection now; zero if there was none. */
    long before(long nowNanos) {
        long open = sinceWrite(nowNanos);
        if (open > limitNanos) {
            return open;
        }
        return nowNanos - lastEndNanos < limitNanos ? lastNanos : 0;
    }
}
