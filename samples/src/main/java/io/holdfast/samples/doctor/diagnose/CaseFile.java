package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.LogEvent;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the logs told, within bounds: so many tracks, so many events, the latest of each. Confined to one thread. */
public final class CaseFile {

    /** One track for each name in each file. */
    static final int MOST_TRACKS = 5_000;

    private static final int MOST_EVENTS = 300_000;

    private final Map<Key, Track> tracks = new LinkedHashMap<>();
    private int budget = MOST_EVENTS;
    private long withoutTrack;

    private record Key(String file, Form form, @Nullable String name) {}

    /** Keeps an event of this file. */
    public void add(String file, Form form, LogEvent event) {
        Key key = new Key(file, form, event.name());
        Track track = tracks.get(key);
        if (track == null) {
            if (tracks.size() >= MOST_TRACKS) {
                withoutTrack++;
                return;
            }
            track = new Track(file, form, event.name());
            tracks.put(key, track);
        }
        budget -= track.add(event, budget) ? 1 : 0;
    }

    /** Drops what was read of a file in this form. */
    public void forget(String file, Form form) {
        for (Iterator<Map.Entry<Key, Track>> each = tracks.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Key, Track> entry = each.next();
            if (entry.getKey().file().equals(file) && entry.getKey().form() == form) {
                budget += entry.getValue().size();
                each.remove();
            }
        }
    }

    /** What did not fit, in words; empty if all did. */
    public List<String> gaps() {
        long forgotten = tracks.values().stream().mapToLong(Track::forgotten).sum();
        String old = forgotten + " older events of long series were not kept; counts leave them out";
        String names = withoutTrack + " events of names beyond the first " + MOST_TRACKS + " were not kept; use --name";
        return forgotten == 0
                ? withoutTrack == 0 ? List.of() : List.of(names)
                : withoutTrack == 0 ? List.of(old) : List.of(old, names);
    }

    Collection<Track> tracks() {
        return tracks.values();
    }
}
