package io.holdfast.samples.publish;

/**
 * Says when the next message is due at a fixed rate; pure arithmetic on a monotonic clock.
 *
 * <p>Each message is due one interval after the one before was <em>due</em>, not after it was sent, so that small delays do
 * not add up: n seconds of input take n seconds. What a stall of ours delays is caught up with, at most one second of
 * it. When it was the input that had nothing, nothing is owed: {@link #inputWasEmpty} starts anew.
 *
 * <p>Confined to the publishing thread.
 */
public final class Pacer {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double intervalNanos;
    private final long originNanos;
    /** Nanoseconds after the origin; a double, so that an interval that is no whole number does not drift either. */
    private double due;

    private Pacer(double intervalNanos, long nowNanos) {
        this.intervalNanos = intervalNanos;
        this.originNanos = nowNanos;
    }

    /** At most {@code perSecond} messages a second, the first one now. */
    public static Pacer at(double perSecond, long nowNanos) {
        return new Pacer(NANOS_PER_SECOND / perSecond, nowNanos);
    }

    /** As fast as it goes. */
    static Pacer unlimited() {
        return new Pacer(0, 0);
    }

    /** Nanoseconds until the next message is due; zero or less: it is. */
    public long nanosUntilDue(long nowNanos) {
        return intervalNanos == 0 ? 0 : (long) Math.ceil(due - (nowNanos - originNanos));
    }

    /** A message was sent: the next one is an interval later. */
    public void sent(long nowNanos) {
        double oldestDebt = nowNanos - originNanos - NANOS_PER_SECOND;
        due = Math.max(due + intervalNanos, oldestDebt);
    }

    /** We had to wait for the input until now: no message was due in that time. */
    public void inputWasEmpty(long nowNanos) {
        due = Math.max(due, (double) (nowNanos - originNanos));
    }
}
