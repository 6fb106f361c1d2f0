package io.holdfast.samples.doctor.report;

import java.util.List;

/** What to say of a name that is held twice. */
final class SilentCollision {

    static final List<String> REMEDY = List.of(
            "No broker ends this: names are unique within one instance with a transaction log, and nobody compares instances. Where"
                    + " they replicate, publishes of the holder with the lower sequence numbers are dropped without an error.",
            "Stop one of the two, and give it a name of its own. With Holdfast set holdfast.app and leave holdfast.client.name"
                    + " unset, or set holdfast.client.instance. More: docs/name-in-use.md");

    private SilentCollision() {}
}
