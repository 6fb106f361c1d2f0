package io.holdfast.ha.internal.collision;

/**
 * The test by a logon that resumes nothing.
 *
 * @param asked whether the next logon is to be quiet
 * @param until when a quiet session has lived long enough
 * @param excuses how often something else than a collision was found, in a row
 * @param excusedUntil until when ended sessions do not count
 */
record Quiet(boolean asked, long until, int excuses, long excusedUntil) {

    static final Quiet NONE = new Quiet(false, Step.NEVER, 0, Long.MIN_VALUE);

    Quiet ask(boolean value) {
        return new Quiet(value, until, excuses, excusedUntil);
    }

    Quiet until(long at) {
        return new Quiet(asked, at, excuses, excusedUntil);
    }

    Quiet excusedUntil(long at) {
        return new Quiet(asked, until, excuses + 1, at);
    }
}
