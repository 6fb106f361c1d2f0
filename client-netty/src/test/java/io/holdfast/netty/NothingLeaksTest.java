package io.holdfast.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.FakeBroker.Peer;
import io.netty.util.internal.PlatformDependent;
import java.io.File;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** After a thousand connects and closes threads, descriptors and direct memory are where they were. */
class NothingLeaksTest {

    @Test
    void a_thousand_connects_and_closes_leave_nothing() {
        try (FakeBroker broker = new FakeBroker()) {
            Set<String> threadsBefore = ourThreads();
            try (Connector connector = NettyConnector.create()) {
                connectAndClose(connector, broker, 50); // classes, pools and selectors are there from here on
                int descriptors = descriptors();
                long direct = PlatformDependent.usedDirectMemory();

                connectAndClose(connector, broker, 1_000);

                Await.until("descriptors", () -> descriptors() <= descriptors + 2);
                assertThat(PlatformDependent.usedDirectMemory()).isLessThanOrEqualTo(direct + (4 << 20));
                assertThat(ourThreads()).hasSizeLessThanOrEqualTo(threadsBefore.size() + 5);
                assertThat(connector.close(Duration.ofSeconds(10))).isTrue();
            }
            assertThat(ourThreads()).isEqualTo(threadsBefore);
        }
    }

    private static void connectAndClose(Connector connector, FakeBroker broker, int times) {
        PublishRequest request = PublishRequest.of(Topic.of("t"), Payload.utf8("x"));
        for (int i = 0; i < times; i++) {
            CompletionStage<Connection> connecting = connector.connect(Requests.to(broker.uri(), new RecordingSink()));
            try (Peer peer = broker.acceptLogon()) {
                Connection connection = Await.value(connecting);
                assertThat(connection.publish(request, SequenceNumber.of(i + 1L)))
                        .isTrue();
                if (i % 2 == 0) {
                    connection.close(Duration.ofSeconds(10));
                    peer.drainAndClose();
                } else {
                    peer.reset();
                }
                Await.end(connection);
            }
        }
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("holdfast-"))
                .collect(Collectors.toSet());
    }

    /** Open descriptors of this process, where the system shows them. */
    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
