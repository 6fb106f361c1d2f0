package io.holdfast.client.connect;

import org.jspecify.annotations.Nullable;

/**
 * User and password of a logon; both absent for a broker that asks for neither.
 *
 * @param user the user id
 * @param password the password or token
 */
public record Credentials(@Nullable String user, @Nullable Secret password) {

    /** No user, no password. */
    public static final Credentials NONE = new Credentials(null, null);

    /** A user with a password. */
    public static Credentials of(String user, String password) {
        return new Credentials(user, Secret.of(password));
    }
}
