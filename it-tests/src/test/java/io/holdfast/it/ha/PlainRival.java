package io.holdfast.it.ha;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.ha.HoldfastClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A client as they are: when its connection ends, it connects again 200 ms later, for ever. Its logons say nothing of it. */
final class PlainRival implements AutoCloseable {

    private final String name;
    private final String uri;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong logons = new AtomicLong();
    private final Thread thread = new Thread(this::run, "plain-rival");

    /** One with this client name at this broker, not begun yet. */
    PlainRival(String name, String uri) {
        this.name = name;
        this.uri = uri;
    }

    void begin() {
        thread.start();
    }

    /** How often it has logged on. */
    long logons() {
        return logons.get();
    }

    private void run() {
        while (!ended.get()) {
            try (Client client = HoldfastClient.builder()
                    .name(name)
                    .server(uri)
                    .options(ClientOptions.DEFAULTS.with(Reconnect.never()))
                    .listener(new ClientListener() {})
                    .build()) {
                client.connect(Duration.ofSeconds(5));
                logons.incrementAndGet();
                var lost = client.closed().toCompletableFuture();
                while (!ended.get() && !lost.isDone()) {
                    over.await(200, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // evicted in the middle of its logon: again
            }
        }
    }

    void end() {
        ended.set(true);
        over.countDown();
        thread.interrupt();
    }

    @Override
    public void close() {
        end();
    }
}
