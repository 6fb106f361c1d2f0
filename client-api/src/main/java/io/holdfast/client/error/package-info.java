/**
 * Everything that can go wrong while messaging: one sealed, unchecked root, leaves that carry data.
 *
 * <p>Each failure is told exactly once, to whoever can act on it: the caller of a method or the holder of its stage; else
 * {@link io.holdfast.client.ClientListener}; else the log. A mistake in the program (a null, a bad argument) stays an
 * exception of the JDK.
 */
@NullMarked
package io.holdfast.client.error;

import org.jspecify.annotations.NullMarked;
