/**
 * The name of a client: where it comes from, how it is kept, and who else holds it; all before any connection.
 *
 * <pre>
 * {@link io.holdfast.ha.identity.IdentityOptions}
 *     explicit name | ordinal | pod name | slot on disk          the first that is set
 *         | {@link io.holdfast.ha.identity.NameKeeper}: lock, mark, name file
 *         v
 * {@link io.holdfast.ha.identity.HeldName}: the name, its source, its folder ---- {@link io.holdfast.ha.identity.IdentityStamp} ----&gt; correlation id at logon
 *         | mark replaced by another
 *         v
 * {@link io.holdfast.ha.identity.IdentityListener}
 * </pre>
 */
@NullMarked
package io.holdfast.ha.identity;

import org.jspecify.annotations.NullMarked;
