package io.holdfast.ha.sim;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.connect.Connector;
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

    /** The delays that the client gets instead. */
    default IntervalFunction backOff(IntervalFunction honest) {
        return honest;
    }
}
