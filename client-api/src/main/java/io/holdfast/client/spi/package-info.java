/** What the client takes from its surroundings, so that a test can supply it: time, and knowledge about threads. */
@NullMarked
package io.holdfast.client.spi;

import org.jspecify.annotations.NullMarked;
