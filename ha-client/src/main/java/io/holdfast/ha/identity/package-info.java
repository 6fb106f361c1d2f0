/**
 * The name of a client: where it comes from, how it is kept, and who else holds it; all before any connection.
 *
 * <pre>
 * {@link io.holdfast.ha.identity.IdentityOptions}
 *     explicit name | ordinal | pod name | slot on disk          the first that is set
 * </pre>
 */
@NullMarked
package io.holdfast.ha.identity;

import org.jspecify.annotations.NullMarked;
