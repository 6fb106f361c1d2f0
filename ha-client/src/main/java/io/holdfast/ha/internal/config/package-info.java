/**
 * From layers of text to one validated set of options.
 *
 * <pre>
 * {@link io.holdfast.ha.internal.config.KeyTable}: every key, once: type, default, meaning, range
 *      |
 * {@link io.holdfast.ha.internal.config.Inputs} --&gt; {@link io.holdfast.ha.internal.config.Resolver} --&gt; {@link io.holdfast.ha.internal.config.Resolution} --&gt; HoldfastConfig
 *   class path     layers, sources, precedence;       values with sources,
 *   file           every value checked,               problems,
 *   environment    values checked together,           {@link io.holdfast.ha.internal.config.Settings}
 *   system, code   bound by {@link io.holdfast.ha.internal.config.SettingsBinder}
 * </pre>
 *
 * <p>Nothing here reads the process's environment or system properties; they come in as maps. The only I/O is reading the
 * two property files.
 */
@NullMarked
package io.holdfast.ha.internal.config;

import org.jspecify.annotations.NullMarked;
