package io.holdfast.ha.internal.driver;

import io.holdfast.client.spi.Clock;
import io.holdfast.client.spi.Scheduler;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What moves a client, all of it injected: a test, or a simulation on one thread with virtual time, brings its own.
 *
 * @param clock what time it is
 * @param executor runs the decisions; one after another or not, they are put in order
 * @param scheduler runs what is due later
 * @param random where chance comes from; used on the executor only
 * @param thread the executor and scheduler if the client owns them; {@code null} if they are borrowed
 */
public record Engine(
        Clock clock,
        Executor executor,
        Scheduler scheduler,
        RandomGenerator random,
        @Nullable HaThread thread) {

    /** The engine of a client in production: a thread of its own, started by its first task. */
    public static Engine ofItsOwn(String clientName) {
        HaThread thread = new HaThread(clientName);
        return new Engine(Clock.system(), thread, thread, new SecureRandom(), thread);
    }

    /** An engine that is borrowed. */
    public static Engine borrowed(Clock clock, Executor executor, Scheduler scheduler, RandomGenerator random) {
        return new Engine(clock, executor, scheduler, random, null);
    }
}
