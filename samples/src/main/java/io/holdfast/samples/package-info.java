/**
 * The command line.
 *
 * <pre>
 * main --&gt; {@link io.holdfast.samples.HoldfastCli} --&gt; publish | subscribe | name | doctor | demo | broker | hash-password
 *                 |                                      |
 *                 +-- {@link io.holdfast.samples.cli.ErrorReport} &lt;----- failure ---+   one line on stderr, an exit code
 * </pre>
 */
@NullMarked
package io.holdfast.samples;

import org.jspecify.annotations.NullMarked;
