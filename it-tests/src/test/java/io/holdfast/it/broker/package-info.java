/**
 * The broker under test: a container where there is an engine, a process of its own where there is none.
 *
 * <pre>
 * test --&gt; {@link io.holdfast.it.broker.Brokers#start} --&gt; {@link io.holdfast.it.broker.ContainerBroker}   bundled Dockerfile, Testcontainers
 *                                       --&gt; {@link io.holdfast.it.broker.ProcessBroker}     the same jar, java -jar
 * </pre>
 */
@NullMarked
package io.holdfast.it.broker;

import org.jspecify.annotations.NullMarked;
