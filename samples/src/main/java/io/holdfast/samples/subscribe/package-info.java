/**
 * {@code holdfast subscribe}: payloads to stdout, one a line.
 *
 * <pre>
 * broker --&gt; lane --&gt; {@link io.holdfast.samples.subscribe.LinePrinter} --&gt; stdout        a slow reader pushes back to the broker
 *                          +-- count reached --&gt; {@link io.holdfast.samples.subscribe.SubscribeCommand} ends
 * </pre>
 */
@NullMarked
package io.holdfast.samples.subscribe;

import org.jspecify.annotations.NullMarked;
