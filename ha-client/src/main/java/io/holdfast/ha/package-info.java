/**
 * The way in: a {@link io.holdfast.ha.HoldfastClient} builder makes the one {@link io.holdfast.client.Client} there is.
 *
 * <pre>
 * application --&gt; {@link io.holdfast.ha.HoldfastClient.Builder} --build--&gt; {@link io.holdfast.client.Client}
 *                          | connector(...), else found by ServiceLoader
 *                          +--&gt; {@link io.holdfast.client.connect.Connector}
 * </pre>
 */
@NullMarked
package io.holdfast.ha;

import org.jspecify.annotations.NullMarked;
