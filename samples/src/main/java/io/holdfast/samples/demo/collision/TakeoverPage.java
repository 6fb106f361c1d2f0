package io.holdfast.samples.demo.collision;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Lays out a takeover as lines of plain text. Pure. */
final class TakeoverPage {

    private final Takeover takeover;

    TakeoverPage(Takeover takeover) {
        this.takeover = takeover;
    }

    /** The whole page. */
    List<String> lines() {
        Copy heir = takeover.heir();
        return List.of(
                row(takeover.killed(), "the process of " + heir.other() + " is killed"),
                row(takeover.ended(), "the broker sees the end of its connection, and tells whoever watches"),
                row(takeover.loggedOn(), heir + " logs on"),
                row(takeover.connected(), heir + " is connected, as it says itself"),
                "",
                String.format(
                        Locale.ROOT,
                        "The name had no holder for %.3f s.",
                        takeover.vacant().toNanos() / 1e9));
    }

    private String row(Instant at, String text) {
        return Times.since(takeover.killed(), at) + text;
    }
}
