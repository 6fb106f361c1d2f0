/** The options of the stores that outlive a connection: of publishes, of bookmarks. */
@NullMarked
package io.holdfast.ha.store;

import org.jspecify.annotations.NullMarked;
