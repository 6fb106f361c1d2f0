package io.holdfast.samples.doctor.diagnose;

import java.util.List;
import java.util.Locale;

/** What made a name lose its connection again and again, and what to do about it. */
public enum Cause {
    /** Two live programs have one client name, and evict each other. */
    NAME_COLLISION(
            "name collision",
            "Give each program a client name of its own that stays the same when it restarts: with Holdfast set holdfast.app and"
                    + " leave holdfast.client.name unset, or set holdfast.client.instance.",
            "Until then stop one of them: while both run, each loses its connection, and publishes of one can be dropped as"
                    + " duplicates of the other's without an error.",
            "Who holds the name now: ./holdfast doctor --admin http://BROKER:8085 --name NAME. More: docs/name-in-use.md"),
    /** Two live programs have one client name, and nobody evicts either. */
    SILENT_COLLISION(
            "silent collision",
            "Stop one of the two: no broker will. Two brokers do not compare their clients, and one without a transaction log lets a"
                    + " name in twice. Until then publishes of the program with the lower sequence numbers can be dropped without an"
                    + " error.",
            "Then give it a name of its own that stays the same when it restarts: with Holdfast set holdfast.app and leave"
                    + " holdfast.client.name unset, or set holdfast.client.instance.",
            "Ask every broker until only one holder is left: ./holdfast doctor --admin http://ONE:8085 http://TWO:8085 --name NAME."
                    + " More: docs/name-in-use.md"),
    /** The broker was not there for a while, or ended everybody. */
    BROKER_RESTART(
            "broker restart",
            "Look into the broker's own log and its supervisor for why it went away; the clients did nothing wrong."),
    /** The connection failed between the two. */
    NETWORK(
            "network",
            "Look at what lies between client and broker: load balancers and firewalls with idle timers, a flapping link, the"
                    + " host's own resource limits."),
    /** The client did not take its messages in time. */
    SLOW_CLIENT(
            "slow client",
            "Make the message handler faster, take fewer messages (a filter, conflation, max_backlog), or give the client more time"
                    + " at the broker."),
    /** Client or broker was silent for too long. */
    HEARTBEAT(
            "heartbeat",
            "Look for what made a side silent: pauses of garbage collection, a handler that blocks, a suspended machine; or lengthen"
                    + " the heartbeat interval."),
    /** Sessions ended again and again, and no log says why. */
    UNEXPLAINED(
            "unexplained",
            "Give doctor the broker's log of that time too: only the broker says why it closed. Or ask who holds the name now:"
                    + " ./holdfast doctor --admin http://BROKER:8085 --name NAME.");

    private final String text;
    private final String remedy;

    Cause(String text, String... remedy) {
        this.text = text;
        this.remedy = String.join("\n", remedy);
    }

    /** Whether two programs have the name. */
    public boolean isCollision() {
        return this == NAME_COLLISION || this == SILENT_COLLISION;
    }

    /** In words. */
    public String text() {
        return text;
    }

    /** As JSON has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to do, one sentence or two each. */
    public List<String> remedy() {
        return remedy.lines().toList();
    }
}
