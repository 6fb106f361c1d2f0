package io.holdfast.broker.internal.transport;

import java.util.ArrayList;
import java.util.List;

/** The outbounds with something to flush: many small messages of one turn of the loop become one write. Confined to the loop. */
public final class FlushList {

    private final List<Outbound> waiting = new ArrayList<>();

    void add(Outbound outbound) {
        waiting.add(outbound);
    }

    /** Flushes all of them. */
    public void flush() {
        // by index: a flush may put its outbound on the list again
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).flush();
        }
        waiting.clear();
    }
}
