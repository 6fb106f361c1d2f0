package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.LogEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one name in one file, the latest {@value #MOST_EVENTS} of them; confined to one thread. */
final class Track {

    static final int MOST_EVENTS = 8_192;

    /** So many are kept of each, however little room is left. */
    private static final int LEAST_EVENTS = 16;

    private final String file;
    private final Form form;
    private final @Nullable String name;
    private final Deque<LogEvent> events = new ArrayDeque<>();
    private long forgotten;

    Track(String file, Form form, @Nullable String name) {
        this.file = file;
        this.form = form;
        this.name = name;
    }

    /** Keeps an event, and forgets the oldest one if there is no room; says whether it took room of the common {@code budget}. */
    boolean add(LogEvent event, int budget) {
        events.addLast(event);
        if (events.size() <= LEAST_EVENTS || (events.size() <= MOST_EVENTS && budget > 0)) {
            return true;
        }
        events.removeFirst();
        forgotten++;
        return false;
    }

    String file() {
        return file;
    }

    Form form() {
        return form;
    }

    /** The client name; {@code null} if the file names none. */
    @Nullable
    String name() {
        return name;
    }

    int size() {
        return events.size();
    }

    long forgotten() {
        return forgotten;
    }

    /** The events by their times: a log may be written out of order. */
    List<LogEvent> inOrder() {
        List<LogEvent> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(LogEvent::at));
        return sorted;
    }
}
