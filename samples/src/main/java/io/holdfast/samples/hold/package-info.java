/**
 * {@code holdfast hold}: keeps a client up for as long as the process lives, and tells what happens to it as lines of JSON.
 *
 * <pre>
 * HoldListener --transitions, a subscription's end-----&gt; Ledger --&gt; JsonLines --&gt; stdout
 * client &lt;-- Publishing --counts, trouble--------------&gt;   ^
 * client &lt;-- Subscribing --trouble---------------------&gt;   |
 * client --messages--&gt; Arrivals --counts---------------&gt;   |
 * HoldCommand --every second, and at the end-------------------+
 * </pre>
 */
@NullMarked
package io.holdfast.samples.hold;

import org.jspecify.annotations.NullMarked;
