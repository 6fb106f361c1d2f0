package io.holdfast.samples.demo.collision;

import java.util.Optional;
import java.util.stream.Stream;

/** One of the two copies of a program, in the order in which they are started. */
enum Copy {
    /** The first. */
    A,
    /** The second. */
    B;

    /** The copy that logs on with this token. */
    static Optional<Copy> of(String token) {
        return Stream.of(values()).filter(each -> each.token().equals(token)).findFirst();
    }

    /** What it is configured to log on with, so that the broker's events tell the copies apart. */
    String token() {
        return "copy" + this;
    }

    /** The rival. */
    Copy other() {
        return this == A ? B : A;
    }
}
