/** The operator's log, in the documented form. Text that a client chose is escaped: it cannot write lines of its own. */
@NullMarked
package io.holdfast.broker.internal.log;

import org.jspecify.annotations.NullMarked;
