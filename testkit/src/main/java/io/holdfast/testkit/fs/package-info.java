/**
 * A file system that fails when the test says so.
 *
 * <pre>
 * code under test --&gt; FaultPath, FaultChannel --&gt; FaultProvider -- step() --&gt; {@link io.holdfast.testkit.fs.Faults}: go on, or the process is dead
 *                                                      |
 *                                                      +--&gt; the real file system below
 * </pre>
 */
@NullMarked
package io.holdfast.testkit.fs;

import org.jspecify.annotations.NullMarked;
