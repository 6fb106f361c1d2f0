package io.holdfast.it.ha;

import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.subscribe.MessageHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the counters of one publisher, which should be 1, 2, 3, ..., and keeps what was left out and what came again. Thread-safe. */
final class CounterCheck implements MessageHandler {

    private static final Pattern FORM = Pattern.compile("\\{\"from\":\"([^\"]+)\",\"n\":([0-9]+)}");
    private static final int MOST_KEPT = 20;

    private final String from;
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> repeats = new ArrayList<>();
    private long last;

    /**
     * Counters that were left out.
     *
     * @param first the lowest
     * @param last the highest
     */
    record Gap(long first, long last) {}

    /** For the publisher of this name; messages of any other are an error. */
    CounterCheck(String from) {
        this.from = from;
    }

    /** The message with a counter, as {@code holdfast hold} writes it. */
    static Payload payload(String from, long n) {
        return Payload.utf8("{\"from\":\"" + from + "\",\"n\":" + n + "}");
    }

    @Override
    public void onMessage(Message message) {
        String body = message.payload().utf8();
        Matcher matcher = FORM.matcher(body);
        if (!matcher.matches() || !matcher.group(1).equals(from)) {
            throw new IllegalArgumentException("not a message of " + from + ": " + body);
        }
        count(Long.parseLong(matcher.group(2)));
    }

    private synchronized void count(long n) {
        if (n <= last) {
            if (repeats.size() < MOST_KEPT) {
                repeats.add(n + " after " + last);
            }
            return;
        }
        if (n > last + 1) {
            gaps.add(new Gap(last + 1, n - 1));
        }
        last = n;
    }

    /** The highest counter so far. */
    synchronized long last() {
        return last;
    }

    /** Those that did not come before higher ones. */
    synchronized List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** What came again, or too late: at most the first {@value #MOST_KEPT}. */
    synchronized List<String> repeats() {
        return List.copyOf(repeats);
    }
}
