/** How Lincheck is asked to look for interleavings that break something; the tests are beside what they test. */
@NullMarked
package io.holdfast.ha.interleaving;

import org.jspecify.annotations.NullMarked;
