/** Rules that the whole tree keeps: the edges between modules, who may read the clock, what the pages must say. */
@NullMarked
package io.holdfast.it.rules;

import org.jspecify.annotations.NullMarked;
