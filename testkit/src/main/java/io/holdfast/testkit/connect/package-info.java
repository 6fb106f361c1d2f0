/**
 * A transport without a network: what a client's tests connect to.
 *
 * <pre>
 * client --connect--&gt; {@link io.holdfast.testkit.connect.FakeConnector} --&gt; {@link io.holdfast.testkit.connect.FakeConnection} --&gt; client's InboundSink
 *                                                       ^
 * test --deliver, answer, acknowledge, disconnect ------+
 * </pre>
 *
 * <p>Nothing here starts a thread or reads a clock: time-outs happen when a test says so, and the connection's thread is the
 * thread that a test happens to be on ({@link io.holdfast.testkit.connect.SerialThread}).
 */
@NullMarked
package io.holdfast.testkit.connect;

import org.jspecify.annotations.NullMarked;
