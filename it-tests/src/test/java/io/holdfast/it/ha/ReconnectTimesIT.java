package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.broker.RestartableBroker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How long it takes from a cut link to the first message again: one client publishes through the link that was just cut, and gets
 * its message back from the broker. {@code -Dit.reconnect.cuts=50} for the figures of the performance page.
 */
class ReconnectTimesIT {

    private static final int CUTS = Integer.getInteger("it.reconnect.cuts", 10);
    private static final Topic TOPIC = Topic.of("cut");

    @Test
    void a_cut_link_is_replaced_at_once() throws Exception {
        Transitions says = new Transitions();
        CounterCheck arrivals = new CounterCheck("cut");
        try (RestartableBroker broker = Brokers.startRestartable();
                FaultProxy proxy = FaultProxy.before(broker.port());
                Client client = client(proxy.uri(), says)) {
            client.connect(Traffic.PATIENCE);
            client.subscribe(
                    SubscribeRequest.builder(TOPIC)
                            .bookmark(Bookmark.MOST_RECENT)
                            .build(),
                    arrivals,
                    Traffic.PATIENCE);
            long[] nanos = new long[CUTS];
            for (int i = 0; i < CUTS; i++) {
                Waiting.until(
                        () -> client.state() == ClientState.STABLE, Traffic.PATIENCE, () -> "not stable; " + says);
                nanos[i] = fromCutToMessage(client, proxy, arrivals, i + 1);
            }
            Arrays.sort(nanos);
            System.err.println(json(nanos));
            assertThat(arrivals.repeats()).isEmpty();
            assertThat(arrivals.gaps()).isEmpty();
            assertThat(Duration.ofNanos(nanos[CUTS - 1])).as("the longest").isLessThan(Duration.ofSeconds(10));
        }
    }

    /** With the defaults, but for the time after which a session counts as stable: 60 s would be a long wait for 50 cuts. */
    private static Client client(String uri, Transitions says) {
        return HoldfastClient.builder()
                .name("cut")
                .server(uri)
                .options(ClientOptions.DEFAULTS.with(Reconnect.always().stableAfter(Duration.ofMillis(100))))
                .listener(says)
                .build();
    }

    private static long fromCutToMessage(Client client, FaultProxy proxy, CounterCheck arrivals, int n)
            throws InterruptedException {
        long cut = System.nanoTime();
        proxy.cut(n % 2 == 0 ? FaultProxy.Cut.FIN : FaultProxy.Cut.RST);
        client.publish(TOPIC, CounterCheck.payload("cut", n));
        long deadline = cut + Traffic.PATIENCE.toNanos();
        while (arrivals.last() < n) {
            assertThat(System.nanoTime())
                    .as("message %s does not come; %s", n, client.state())
                    .isLessThan(deadline);
            Thread.sleep(1);
        }
        return System.nanoTime() - cut;
    }

    private static String json(long[] sorted) {
        return String.format(
                Locale.ROOT,
                "{\"cuts\":%d,\"cut_to_message_ms\":{\"min\":%.0f,\"p50\":%.0f,\"p99\":%.0f,\"max\":%.0f},\"java\":\"%s\",\"cores\":%d}",
                sorted.length,
                millis(sorted, 0),
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 1),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted[(int) Math.ceil((sorted.length - 1) * quantile)] / 1e6;
    }
}
