/**
 * The golden vectors: frames byte by byte, with what must be read from them or the violation they are.
 *
 * <pre>
 * resources/golden/index, *.vec --&gt; {@link io.holdfast.testkit.golden.VectorFile} --&gt; {@link io.holdfast.testkit.golden.GoldenVectors#all()} --&gt; codec tests of client and broker
 * </pre>
 *
 * <p>Both codecs are run against the same files and share no code, so that a mistake cannot hide by being made twice.
 */
@NullMarked
package io.holdfast.testkit.golden;

import org.jspecify.annotations.NullMarked;
