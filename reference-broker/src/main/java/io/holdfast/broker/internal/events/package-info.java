/** {@code /AMPS/ClientStatus}: what clients do, as messages that any client may subscribe to. */
@NullMarked
package io.holdfast.broker.internal.events;

import org.jspecify.annotations.NullMarked;
