package io.holdfast.ha.internal.resume;

import io.holdfast.client.message.Bookmark;
import io.holdfast.ha.internal.store.bookmark.Position;
import io.holdfast.ha.internal.store.bookmark.PublisherPositions;
import io.holdfast.ha.internal.store.bookmark.PublisherPositions.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the bookmark from which a subscription goes on. Pure functions. */
final class ResumePoint {

    /** Publishers heard within so many messages count: replicas are assumed to order messages no further apart. */
    static final int WINDOW = 10_000;

    /** The most positions of a list. */
    static final int MOST_POSITIONS = 64;

    private ResumePoint() {}

    /**
     * Where to go on at a broker whose log may have another order of the same messages: a list, of which it takes the earliest. The filter drops
     * what comes again.
     *
     * @return {@code null} if there was no message
     */
    static @Nullable Bookmark atAnyBroker(PublisherPositions received) {
        List<Position> positions = new ArrayList<>();
        Position margin = received.margin();
        if (margin != null) {
            positions.add(margin);
        }
        for (Heard heard : received.heardWithin(WINDOW)) {
            if (positions.size() == MOST_POSITIONS) {
                break; // the ones heard longest ago come first, and the earliest is what counts
            }
            positions.add(heard.position());
        }
        return positions.isEmpty() ? null : list(positions);
    }

    private static Bookmark list(List<Position> positions) {
        return Bookmark.of(positions.stream()
                .distinct()
                .map(position -> position.bookmark().value())
                .collect(Collectors.joining(",")));
    }

    /** Whether a bookmark is a range, {@code [b1:b2)} with any of the brackets. */
    static boolean isRange(Bookmark bookmark) {
        String text = bookmark.value();
        return (text.startsWith("[") || text.startsWith("(")) && text.indexOf(':') > 0;
    }

    /** What is left of a range behind a position, or the first of a list: everything up to the range's end. */
    static Bookmark restOf(Bookmark range, Bookmark received) {
        String text = range.value();
        String list = received.value();
        int comma = list.indexOf(',');
        String from = comma < 0 ? list : list.substring(0, comma);
        return Bookmark.of("(" + from + text.substring(text.indexOf(':')));
    }
}
