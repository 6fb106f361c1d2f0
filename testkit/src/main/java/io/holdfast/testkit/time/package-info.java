/** Time that passes when the test says so. */
@NullMarked
package io.holdfast.testkit.time;

import org.jspecify.annotations.NullMarked;
