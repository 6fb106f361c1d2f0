package io.holdfast.ha.internal.identity;

import io.holdfast.ha.identity.NameSource;
import org.jspecify.annotations.Nullable;

/**
 * Which name is wanted.
 *
 * @param source where that was said
 * @param app the application; {@code default} for an explicit name without one
 * @param name the whole name, {@code null} if it is to be made from the template
 */
record Wanted(NameSource source, String app, @Nullable String name) {}
