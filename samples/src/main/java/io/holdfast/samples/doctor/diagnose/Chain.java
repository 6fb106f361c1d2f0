package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.LogEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one writer told of a name: the events of one file, or of several that follow each other without overlap, as the pieces of a
 * rotated log do.
 *
 * @param files in the order of their times
 * @param byBroker whether a broker wrote it
 * @param events in the order of their times
 */
record Chain(List<String> files, boolean byBroker, List<LogEvent> events) {

    /** Joins the tracks of one name; brokers' and clients' apart. */
    static List<Chain> of(List<Track> tracks) {
        List<Chain> chains = new ArrayList<>();
        tracks.stream()
                .map(track -> new Chain(List.of(track.file()), track.form() == Form.BROKER, track.inOrder()))
                .sorted(Comparator.comparing(Chain::first))
                .forEach(each -> join(chains, each));
        return chains;
    }

    private static void join(List<Chain> chains, Chain next) {
        for (int i = 0; i < chains.size(); i++) {
            Chain before = chains.get(i);
            if (before.byBroker == next.byBroker && before.last().isBefore(next.first())) {
                List<String> files = new ArrayList<>(before.files);
                files.addAll(next.files);
                List<LogEvent> events = new ArrayList<>(before.events);
                events.addAll(next.events);
                chains.set(i, new Chain(files, before.byBroker, events));
                return;
            }
        }
        chains.add(next);
    }

    Instant first() {
        return events.get(0).at();
    }

    Instant last() {
        return events.get(events.size() - 1).at();
    }

    long count(EventKind kind) {
        return events.stream().filter(event -> event.kind() == kind).count();
    }

    /** The times of all events of a kind, in milliseconds since 1970. */
    long[] times(EventKind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind)
                .mapToLong(event -> event.at().toEpochMilli())
                .toArray();
    }
}
