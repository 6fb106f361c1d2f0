package io.holdfast.ha;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened for a client that is being built: files, threads, sockets. Closed again, the latest first, unless the client
 * is complete and owns it. Confined to the thread that builds.
 */
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<Runnable> closers = new ArrayDeque<>();

    /** Returns {@code resource}, which is closed so if nothing comes of the client. */
    <T> T with(T resource, Consumer<? super T> closer) {
        closers.push(() -> closer.accept(resource));
        return resource;
    }

    /** The client is complete. */
    void keep() {
        closers.clear();
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            try {
                closers.pop().run();
            } catch (RuntimeException e) {
                LOG.debug("something opened for a client that could not be built was not closed", e);
            }
        }
    }
}
