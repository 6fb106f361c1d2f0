package io.holdfast.samples.hold;

import io.holdfast.client.message.Message;
import io.holdfast.client.subscribe.MessageHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what arrives, and what should not have: a counter that was there before, or one that leaves some out. Thread-safe.
 *
 * <p>A counter of 1 after higher ones is a publisher that began anew, as one without a file store does at each start, or all
 * that it published over again: which of them, the counters cannot tell, so that it is a restart and what follows is counted
 * from there. The first counter of a publisher says nothing: the subscription may have begun after it.
 */
final class Arrivals implements MessageHandler {

    private static final int MOST_PUBLISHERS = 10_000;

    private final Map<String, Long> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_PUBLISHERS;
        }
    };

    private long received;
    private long duplicates;
    private long gaps;
    private long restarts;

    /**
     * How much of what.
     *
     * @param received messages of any kind
     * @param duplicates messages of {@code hold} whose counter was not above the one before
     * @param gaps counters that were left out, in all
     * @param restarts how often a counter was 1 after a higher one: no duplicates are proved, and none are ruled out, unless this is 0
     */
    record Counts(long received, long duplicates, long gaps, long restarts) {}

    @Override
    public void onMessage(Message message) {
        Optional<HoldMessage> ours = HoldMessage.parse(message.payload());
        synchronized (this) {
            received++;
            ours.ifPresent(this::count);
        }
    }

    private void count(HoldMessage message) {
        Long before = last.get(message.from());
        if (before == null) {
            last.put(message.from(), message.n());
        } else if (message.n() == 1 && before > 1) {
            restarts++;
            last.put(message.from(), message.n());
        } else if (message.n() <= before) {
            duplicates++;
        } else {
            gaps += message.n() - before - 1;
            last.put(message.from(), message.n());
        }
    }

    synchronized Counts counts() {
        return new Counts(received, duplicates, gaps, restarts);
    }
}
