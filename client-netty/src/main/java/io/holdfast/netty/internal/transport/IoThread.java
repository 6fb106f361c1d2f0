package io.holdfast.netty.internal.transport;

import io.holdfast.client.spi.NonBlockingThread;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * A thread of an event loop, {@code holdfast-io-<n>}: it serves many connections and must never wait.
 *
 * <p>A daemon: whether the program goes on is for its own threads to say, and a forgotten {@code close} must not keep a
 * finished program alive.
 */
final class IoThread extends FastThreadLocalThread implements NonBlockingThread {

    IoThread(Runnable task, String name) {
        super(task, name);
    }
}
