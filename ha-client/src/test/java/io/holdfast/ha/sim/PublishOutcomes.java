package io.holdfast.ha.sim;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.SequenceNumber;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection published and has not been told about, in order. Told is a success up to the last that is persisted, a
 * failure by itself behind the success before it, and a flush behind everything before it.
 */
final class PublishOutcomes {

    private final Deque<Outcome> waiting = new ArrayDeque<>();
    private final Consumer<Ack> tell;

    /**
     * One outcome.
     *
     * @param sequence of a publish
     * @param place it is settled when so many entries of the log are persisted
     * @param refusal the reason, if it was refused
     * @param flushed the answer of a flush, which is no publish
     */
    private record Outcome(
            long sequence,
            int place,
            @Nullable String refusal,
            @Nullable Ack flushed) {}

    PublishOutcomes(Consumer<Ack> tell) {
        this.tell = tell;
    }

    /** Taken, or known already: told when the log is persisted up to {@code place}. */
    void taken(long sequence, int place) {
        waiting.add(new Outcome(sequence, place, null, null));
    }

    void refused(long sequence, String reason) {
        waiting.add(new Outcome(sequence, 0, reason, null));
    }

    void flush(Ack answer, int place) {
        waiting.add(new Outcome(0, place, null, answer));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Tells what is settled by now; {@code highest} is what a last success names at least. */
    void tell(int persisted, long highest) {
        long through = 0;
        Outcome next = waiting.peek();
        while (next != null && next.place() <= persisted) {
            waiting.remove();
            Ack flushed = next.flushed();
            if (flushed != null || next.refusal() != null) {
                success(through);
                through = 0;
                tell.accept(flushed != null ? flushed : failure(next));
            } else {
                through = next.sequence();
            }
            next = waiting.peek();
        }
        success(through == 0 ? 0 : Math.max(through, highest));
    }

    private void success(long through) {
        if (through > 0) {
            tell.accept(ack(AckStatus.SUCCESS, null, through));
        }
    }

    private static Ack failure(Outcome outcome) {
        return ack(AckStatus.FAILURE, outcome.refusal(), outcome.sequence());
    }

    private static Ack ack(AckStatus status, @Nullable String reason, long sequence) {
        return new Ack(AckType.PERSISTED, status, reason, null, SequenceNumber.of(sequence), null, AckCounts.NONE);
    }
}
