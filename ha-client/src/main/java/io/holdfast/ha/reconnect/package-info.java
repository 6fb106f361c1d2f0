/**
 * What an application may choose about reconnecting: how long to wait, and where to go.
 *
 * <pre>
 * attempt failed, connection lost --&gt; IntervalFunction ({@link io.holdfast.ha.reconnect.BackOff})  --&gt; delay
 * delay over --&gt; {@link io.holdfast.ha.reconnect.EndpointSelector} ({@link io.holdfast.ha.reconnect.EndpointList}) --&gt; endpoint of the next attempt
 *                     ^---- told of each success and failure
 * </pre>
 *
 * <p>Back-off functions and circuit breakers are Resilience4j's types, so that any other of its kind can take their place.
 */
@NullMarked
package io.holdfast.ha.reconnect;

import org.jspecify.annotations.NullMarked;
