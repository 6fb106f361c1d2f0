/** End to end: the whole path from an application's call to a broker in another process, over real sockets. */
@NullMarked
package io.holdfast.it;

import org.jspecify.annotations.NullMarked;
