/**
 * Virtual time, a broker reduced to its rules for names, and many clients of one name: the real machine of the collision
 * detector on a stand-in of the reconnecting client.
 */
@NullMarked
package io.holdfast.ha.internal.collision.sim;

import org.jspecify.annotations.NullMarked;
