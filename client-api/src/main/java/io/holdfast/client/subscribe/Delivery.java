package io.holdfast.client.subscribe;

/** On which thread a handler runs. */
public enum Delivery {
    /** On the subscription's lane: a bounded queue, emptied by the client's delivery executor. The default. */
    LANE,
    /**
     * On the connection's own thread, without a queue: the shortest way, for handlers that only hand over. A handler that
     * blocks here stops the whole connection, its acks and its heartbeats.
     */
    DIRECT
}
