package io.holdfast.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, never longer than ten seconds. */
public final class Await {

    private Await() {}

    public static <T> T value(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    public static <E extends Throwable> E failure(CompletionStage<?> stage, Class<E> type) {
        Throwable failure = value(stage.handle((value, thrown) -> thrown));
        assertThat(failure).isInstanceOf(type);
        return type.cast(failure);
    }

    public static Disconnect end(Connection connection) {
        return value(connection.closed());
    }

    /** For what no stage tells: the state of the operating system, or of a collection. */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline: " + what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
