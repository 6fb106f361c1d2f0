package io.holdfast.ha.sim;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.Client;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.ha.store.PublishStoreOptions;

/** Breaks a client from the outside, to see whether the simulation notices. */
interface Tampering {

    /** Leaves everything as it is. */
    Tampering NONE = new Tampering() {};

    /** The transport that the client gets instead. */
    default Connector connector(Connector honest) {
        return honest;
    }

    /** The store that the client gets instead. */
    default PublishStoreOptions store(PublishStoreOptions honest) {
        return honest;
    }

    /** The timers that the client gets instead. */
    default Scheduler scheduler(Scheduler honest) {
        return honest;
    }

    /** How the program publishes. */
    default PublishResult publish(Client client, Topic topic, Payload payload) {
        return client.publish(topic, payload);
    }

    /** Whether a death of the program takes what it did not force to its disk. */
    default boolean deathTakesUnforced() {
        return false;
    }

    /** The delays that the client gets instead. */
    default IntervalFunction backOff(IntervalFunction honest) {
        return honest;
    }
}
