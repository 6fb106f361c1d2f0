/**
 * {@code holdfast hold}: keeps a client up for as long as the process lives, and tells what happens to it as lines of JSON.
 *
 * <pre>
 * HoldCommand --&gt; HeldClient --every transition--&gt; Ledger --&gt; LineWriter --&gt; stdout
 *     |              |  ^ Arrivals &lt;-- subscription     ^
 *     |              +--- Publishing --&gt; client         |
 *     +--every second-----------------------------------+
 * </pre>
 */
@NullMarked
package io.holdfast.samples.hold;

import org.jspecify.annotations.NullMarked;
