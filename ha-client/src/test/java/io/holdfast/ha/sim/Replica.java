package io.holdfast.ha.sim;

/**
 * Copies what one broker took from publishers to another, in order, each entry when it is durable, and learns what is
 * durable there. The other applies its own duplicate rule: what it holds already under the name's number it drops.
 */
final class Replica {

    private final SimBroker from;
    private final SimBroker to;
    private int sent;
    private int confirmed;
    private boolean busy;

    Replica(SimBroker from, SimBroker to) {
        this.from = from;
        this.to = to;
    }

    /** Entries of the source's log that the other has durably, or did not need. */
    int confirmed() {
        return confirmed;
    }

    /** The source crashed: what it was about to tell is told anew, after its start. */
    void interrupted() {
        busy = false;
    }

    /** There may be something to copy. */
    void wake() {
        if (busy || confirmed == from.log().durable()) {
            return;
        }
        busy = true;
        from.later(delay(), "copies to " + to.name(), this::copy);
    }

    private void copy() {
        sent = confirmed;
        if (!to.isUp()) {
            busy = false;
            from.later(50_000_000, "asks for " + to.name(), this::wake);
            return;
        }
        while (sent < from.log().durable()) {
            LogEntry entry = from.log().get(sent++);
            if (entry.origin().equals(from.name()) && to.log().isNew(entry.publisher(), entry.sequence())) {
                to.accept(entry);
            }
        }
        int through = to.log().size();
        confirmWhenDurable(sent, through, to.life());
    }

    private void confirmWhenDurable(int copied, int through, int life) {
        from.later(delay() + 1, "waits for " + to.name(), () -> {
            if (!to.isUp() || to.life() != life) {
                busy = false;
                wake();
            } else if (to.log().durable() < through) {
                confirmWhenDurable(copied, through, life);
            } else {
                busy = false;
                confirmed = Math.max(confirmed, copied);
                from.wake();
                wake();
            }
        });
    }

    private long delay() {
        return from.random().nextLong(from.rules().replication().toNanos() + 1);
    }
}
