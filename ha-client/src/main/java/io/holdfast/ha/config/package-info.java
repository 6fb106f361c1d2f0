/**
 * The properties of a client: read in layers, checked as a whole, described with their sources.
 *
 * <pre>
 * defaults &lt; class path &lt; file &lt; environment &lt; system properties &lt; code
 *                          |
 * {@link io.holdfast.ha.config.ConfigLoader} --load--&gt; {@link io.holdfast.ha.config.HoldfastConfig} --&gt; HoldfastClient.builder(config)
 *                          |
 *                          +--&gt; {@link io.holdfast.ha.config.ConfigurationException}: all problems at once
 * </pre>
 *
 * <p>The keys are listed in {@code docs/configuration.md}.
 */
@NullMarked
package io.holdfast.ha.config;

import org.jspecify.annotations.NullMarked;
