package io.holdfast.testkit.fs;

import java.io.IOException;

/** The simulated process was killed; whatever it still tries fails with this too. */
public final class ProcessStoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    ProcessStoppedException(int step, String what) {
        super("killed before step " + step + ": " + what);
    }
}
