package io.holdfast.samples.demo;

import io.holdfast.client.Client;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main job, measured: a publisher sends numbered messages, a subscriber checks that each arrives, once, in order.
 *
 * <p>{@link #run} belongs to the calling thread, the check to the subscription's lane.
 */
final class OrderedRun {

    private static final Topic TOPIC = Topic.of("demo/orders");
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final String PREFIX = "{\"n\":";

    private final int messages;
    private final Duration deadline;
    private final CountDownLatch complete;
    private final byte[] body;
    private long received;
    private long outOfOrder;
    private long lastNanos;

    /**
     * A run.
     *
     * @param messages how many
     * @param deadline for confirmations and deliveries together
     */
    OrderedRun(int messages, Duration deadline) {
        this.messages = messages;
        this.deadline = deadline;
        this.complete = new CountDownLatch(messages);
        this.body = ",\"account\":\"DE-2041\",\"side\":\"buy\",\"symbol\":\"XYZ\",\"quantity\":100,\"price\":101.25}"
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What was measured.
     *
     * @param published messages sent
     * @param received messages delivered
     * @param outOfOrder deliveries that were not the next number
     * @param confirmedAfter from the first publish to the confirmation of the last
     * @param deliveredAfter from the first publish to the last delivery
     */
    record Result(long published, long received, long outOfOrder, Duration confirmedAfter, Duration deliveredAfter) {

        /** Whether every message arrived once and in order. */
        boolean isComplete() {
            return received == published && outOfOrder == 0;
        }

        /** Deliveries per second. */
        double perSecond() {
            return received / Math.max(1e-9, deliveredAfter.toNanos() / 1e9);
        }
    }

    /** Runs it over two clients that are connected. */
    Result run(Client publisher, Client subscriber) throws InterruptedException {
        subscriber.subscribe(SubscribeRequest.to(TOPIC), this::check, COMMAND_TIMEOUT);
        long startNanos = System.nanoTime();
        for (int n = 1; n <= messages; n++) {
            publisher.publish(TOPIC, payload(n));
        }
        publisher.publishFlush(deadline);
        long confirmedNanos = System.nanoTime();
        boolean all = complete.await(deadline.toNanos() - (confirmedNanos - startNanos), TimeUnit.NANOSECONDS);
        synchronized (this) {
            long endNanos = all ? lastNanos : System.nanoTime();
            return new Result(
                    messages,
                    received,
                    outOfOrder,
                    Duration.ofNanos(confirmedNanos - startNanos),
                    Duration.ofNanos(endNanos - startNanos));
        }
    }

    private Payload payload(int n) {
        byte[] head = (PREFIX + n).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return Payload.wrap(whole);
    }

    private void check(Message message) {
        long now = System.nanoTime();
        synchronized (this) {
            received++;
            lastNanos = now;
            if (number(message.payload()) != received) {
                outOfOrder++;
            }
        }
        complete.countDown();
    }

    private static long number(Payload payload) {
        long number = 0;
        for (int i = PREFIX.length(); i < payload.length(); i++) {
            int digit = payload.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return number;
            }
            number = number * 10 + digit;
        }
        return -1;
    }
}
