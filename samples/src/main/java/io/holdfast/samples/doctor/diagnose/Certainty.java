package io.holdfast.samples.doctor.diagnose;

import java.util.Locale;

/** How sure a finding is. */
public enum Certainty {
    /** It fits, and so does something else. */
    POSSIBLE,
    /** It fits, and nothing else that is known does as well. */
    LIKELY,
    /** Somebody who knows said so, or it cannot be otherwise. */
    PROVED;

    /** In one word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
