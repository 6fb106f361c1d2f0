/**
 * The broker under test: a container where there is an engine, a process of its own where there is none.
 *
 * <pre>
 * test --&gt; {@link io.holdfast.it.broker.Brokers#start} --&gt; {@link io.holdfast.it.broker.ContainerBroker}   bundled Dockerfile, Testcontainers
 *                                       --&gt; {@link io.holdfast.it.broker.ProcessBroker}     the same jar, java -jar
 * </pre>
 *
 * <p>A {@link io.holdfast.it.broker.RestartableBroker} can be killed and started again on its port, with its log; a
 * {@link io.holdfast.it.broker.BrokerPair} is two that replicate to each other.
 */
@NullMarked
package io.holdfast.it.broker;

import org.jspecify.annotations.NullMarked;
