package io.holdfast.ha.internal.config;

/**
 * One {@code key=value} as a layer has it, before anybody asked whether the key exists.
 *
 * @param key the whole key, prefix included
 * @param text the value, as written
 * @param source where it stands
 */
record Assignment(String key, String text, Source source) {

    /** Without the text, which may be a secret. */
    @Override
    public String toString() {
        return key + " (" + source + ")";
    }
}
