package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.Timeouts;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.store.PublishStoreOptions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A publisher that counts and a subscriber that checks, each a client of its own. Used by one thread at a time. */
final class Traffic implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SubscriptionId ID = SubscriptionId.of("counters");

    private final String name;
    private final Topic topic;
    private final Transitions publisherSays = new Transitions();
    private final Transitions subscriberSays = new Transitions();
    private final CounterCheck arrivals;
    private final Client publisher;
    private final Client subscriber;
    private final Subscription subscription;

    private final AtomicLong published = new AtomicLong();

    private Traffic(String name, PublishStoreOptions store, String... servers) {
        this.name = name;
        topic = Topic.of("counters-of-" + name);
        arrivals = new CounterCheck(name);
        publisher = client(name, publisherSays, servers).publishStore(store).build();
        subscriber = client("reader-of-" + name, subscriberSays, servers).build();
        try {
            publisher.connect(PATIENCE);
            subscriber.connect(PATIENCE);
            subscription = subscriber.subscribe(
                    SubscribeRequest.builder(topic)
                            .id(ID)
                            .bookmark(Bookmark.MOST_RECENT)
                            .build(),
                    arrivals,
                    PATIENCE);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts both, connected and subscribed.
     *
     * @param name the publisher's; the topic has a name made from it, so that stories at one broker do not meet
     */
    static Traffic of(String name, PublishStoreOptions store, String... servers) {
        return new Traffic(name, store, servers);
    }

    /** A client with the shortest heartbeat and a short back-off, so that stories are short. */
    static HoldfastClient.Builder client(String name, ClientListener listener, String... servers) {
        HoldfastClient.Builder builder = HoldfastClient.builder()
                .name(name)
                .options(ClientOptions.DEFAULTS
                        .with(Heartbeat.every(Duration.ofSeconds(1)))
                        .with(Timeouts.DEFAULTS.withConnect(Duration.ofSeconds(3))))
                .backOff(BackOff.fullJitter(Duration.ofMillis(50), Duration.ofMillis(500), new Random()))
                .listener(listener);
        for (String server : servers) {
            builder.server(server);
        }
        return builder;
    }

    /** Publishes the next so many; returns the last one's result. */
    PublishResult publish(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("nothing to publish");
        }
        PublishResult result = publishNext();
        for (int i = 1; i < count; i++) {
            result = publishNext();
        }
        return result;
    }

    private PublishResult publishNext() {
        PublishResult result = publisher.publish(topic, CounterCheck.payload(name, published.get() + 1));
        published.incrementAndGet();
        return result;
    }

    /** Publishes the next one, unless the store has no room for it within the client's deadline. */
    boolean offer() {
        try {
            publishNext();
            return true;
        } catch (BackPressureException full) {
            return false;
        }
    }

    /** The publisher's name. */
    String name() {
        return name;
    }

    /** What they are published to. */
    Topic topic() {
        return topic;
    }

    /** How many were published. */
    long published() {
        return published.get();
    }

    /** What the subscriber saw. */
    CounterCheck arrivals() {
        return arrivals;
    }

    Subscription subscription() {
        return subscription;
    }

    Transitions publisherSays() {
        return publisherSays;
    }

    Transitions subscriberSays() {
        return subscriberSays;
    }

    /** Whether both are connected. */
    boolean isConnected() {
        return publisher.state().isConnected() && subscriber.state().isConnected();
    }

    /** Waits until both are. */
    void awaitConnected() throws InterruptedException {
        Waiting.until(this::isConnected, PATIENCE, () -> "a client is not connected; " + this);
    }

    /** Waits until the last message has arrived. */
    void awaitLast() throws InterruptedException {
        Waiting.until(() -> arrivals.last() >= published.get(), PATIENCE, () -> "the last message is missing; " + this);
    }

    /** Waits until the last message has arrived, and everything is confirmed; checks that nothing else did. */
    void checkEverythingArrivedOnceAndInOrder() throws InterruptedException {
        awaitLast();
        publisher.publishFlush(PATIENCE);
        assertThat(arrivals.repeats())
                .as("came again, or out of order; %s", this)
                .isEmpty();
        assertThat(arrivals.gaps()).as("left out; %s", this).isEmpty();
        assertThat(arrivals.last()).as("published by nobody; %s", this).isEqualTo(published.get());
        assertThat(publisher.publishing().stored()).as("unconfirmed").isZero();
        assertThat(publisherSays.failures()).isEmpty();
        assertThat(subscriberSays.failures()).isEmpty();
    }

    @Override
    public void close() {
        try {
            subscriber.close();
        } finally {
            publisher.close();
        }
    }

    @Override
    public String toString() {
        return "published " + published + ", arrived up to " + arrivals.last() + ", store " + publisher.publishing()
                + ", publisher " + publisherSays + ", subscriber " + subscriberSays;
    }
}
