package io.holdfast.ha.internal.identity;

import java.time.Instant;

/**
 * A name that was just made and is not written yet.
 *
 * @param name the client name
 * @param app the application
 * @param created now
 * @param token its random characters
 */
record NewName(String name, String app, Instant created, String token) {

    NameRecord at(Fingerprint fingerprint) {
        return new NameRecord(name, app, created, token, fingerprint);
    }
}
