package io.holdfast.samples.fake;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when so many connections were made through it. */
public final class CountingConnector implements Connector {

    private final Connector inner;
    private final CountDownLatch connects;

    /** Counts the connections of {@code inner} up to {@code number}. */
    public CountingConnector(Connector inner, int number) {
        this.inner = inner;
        this.connects = new CountDownLatch(number);
    }

    /** Waits for that many. */
    public boolean awaitConnects() throws InterruptedException {
        return connects.await(20, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        return inner.connect(request).whenComplete((connection, failure) -> connects.countDown());
    }

    @Override
    public boolean close(Duration timeout) {
        return inner.close(timeout);
    }
}
