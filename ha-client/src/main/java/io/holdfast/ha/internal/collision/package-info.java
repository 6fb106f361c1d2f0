/**
 * Finds out that another program uses this client's name, decides who keeps it, and says so. Pure: no clock, no I/O, no logger,
 * no chance of its own.
 *
 * <pre>
 * Penalties          how suspicious the ended sessions are
 * StatusEventReader  what the broker tells about logons under the name  -&gt; StatusEvent
 * WinnerRule         who of two that read each other keeps it
 * Remedy             what to change
 * </pre>
 */
@NullMarked
package io.holdfast.ha.internal.collision;

import org.jspecify.annotations.NullMarked;
