/** Scripted misbehaviour, reachable only from code that embeds the broker. */
@NullMarked
package io.holdfast.broker.internal.fault;

import org.jspecify.annotations.NullMarked;
