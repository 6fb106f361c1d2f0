package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.fs.FaultFileSystem;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under the log fails while the broker runs. */
class LogFailureTest {

    @Test
    void the_broker_says_so_acknowledges_nothing_more_and_stops(@TempDir Path folder) throws Exception {
        OperatorLines log = new OperatorLines();
        try (FaultFileSystem files = FaultFileSystem.over(folder);
                ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.builder()
                        .operatorLog(log)
                        .data(files.root())
                        .build());
                TestClient publisher = TestClient.named(broker, "pub")) {
            publisher.publish("orders", 1, "kept");
            assertThat(publisher.flush().isPersisted()).isTrue();
            assertThat(publisher.read().text("cid")).isEqualTo("f");
            CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> awaitClosed(broker));
            files.faults().stopAfter(0);
            publisher.publish("orders", 2, "lost, and never acknowledged");
            publisher.send("{\"c\":\"flush\",\"cid\":\"never\",\"a\":\"completed\"}");

            assertThat(log.await("HB-0001")).contains("error: HB-0001 the transaction log failed and the broker stops");
            assertThat(ended.get(20, TimeUnit.SECONDS)).as("all is kept").isFalse();
            assertThat(publisher.isClosedWithoutAWord()).isTrue();
        }
    }

    private static boolean awaitClosed(ReferenceBroker broker) {
        try {
            return broker.awaitClosed();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
