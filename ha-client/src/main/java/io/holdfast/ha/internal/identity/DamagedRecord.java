package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityDamagedException.Damage;

/** A file that is not the record it should be; its reader decides what that means. */
final class DamagedRecord extends Exception {

    private static final long serialVersionUID = 1L;

    private final Damage damage;

    DamagedRecord(Damage damage, String detail) {
        super(detail, null, false, false);
        this.damage = damage;
    }

    Damage damage() {
        return damage;
    }

    /** What was found, safe for logs. */
    String detail() {
        return String.valueOf(getMessage());
    }
}
