/**
 * The admin pages.
 *
 * <pre>
 * GET /amps/instance/clients --&gt; {@link io.holdfast.broker.internal.admin.AdminServer} -- snapshot, with a deadline --&gt; the broker's thread
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.admin;

import org.jspecify.annotations.NullMarked;
