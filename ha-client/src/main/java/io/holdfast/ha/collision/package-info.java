/**
 * What a client is to do when another program uses its name: the options. What it finds out is told as a
 * {@link io.holdfast.client.collision.CollisionDiagnosis}.
 */
@NullMarked
package io.holdfast.ha.collision;

import org.jspecify.annotations.NullMarked;
