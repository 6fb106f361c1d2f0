/**
 * {@code holdfast name}: who would get which client name, and a way to hold one.
 *
 * <pre>
 * properties --&gt; {@link io.holdfast.samples.name.NameCommand} --survey--&gt; {@link io.holdfast.samples.name.NameReport} --&gt; stdout
 *                          +-- --hold --&gt; {@link io.holdfast.samples.name.NameHold} until stdin ends or a signal comes
 * </pre>
 */
@NullMarked
package io.holdfast.samples.name;

import org.jspecify.annotations.NullMarked;
