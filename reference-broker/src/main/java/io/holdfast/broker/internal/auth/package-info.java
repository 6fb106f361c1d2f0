/**
 * Users and their passwords.
 *
 * <pre>
 * users file --&gt; {@link io.holdfast.broker.internal.auth.UsersFile} --&gt; {@link io.holdfast.broker.internal.auth.PasswordChecker} (a thread of its own) --&gt; {@link io.holdfast.broker.internal.auth.PasswordHash}
 * </pre>
 */
@NullMarked
package io.holdfast.broker.internal.auth;

import org.jspecify.annotations.NullMarked;
