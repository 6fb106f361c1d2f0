/**
 * What a header and a message cost. Not part of {@code verify}; the figures are kept in {@code docs/performance.md}.
 *
 * <pre>
 * mvn -q package -Pbenchmarks -pl benchmarks -am -DskipTests
 * java -jar benchmarks/target/benchmarks.jar HeaderBenchmark -prof gc
 * java -cp benchmarks/target/benchmarks.jar io.holdfast.benchmarks.EndToEnd
 * java -cp benchmarks/target/benchmarks.jar io.holdfast.benchmarks.PublishStoreRun
 * </pre>
 */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
