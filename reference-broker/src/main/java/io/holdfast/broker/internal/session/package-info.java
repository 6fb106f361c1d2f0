/**
 * Who is connected: one {@link io.holdfast.broker.internal.session.Session} per connection, and the registry of names.
 *
 * <pre>
 * CONNECTED -logon-&gt; AUTHENTICATING -ok-&gt; LOGGED_ON -close, eviction, violation, silence-&gt; ENDED
 *     |                    |                                                              ^
 *     +--------------------+---------------- refusal, deadline --------------------------+
 * </pre>
 *
 * <p>Everything here is confined to the broker's thread.
 */
@NullMarked
package io.holdfast.broker.internal.session;

import org.jspecify.annotations.NullMarked;
