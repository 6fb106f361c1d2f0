package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.publish.PublisherSequences;
import io.holdfast.broker.internal.topic.BookmarkRefusal;
import io.holdfast.broker.internal.topic.NotFound;
import io.holdfast.broker.internal.topic.ReplayRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * From a bookmark to indexes of the log. A message is known while the log keeps it, durable or not: one delivered a moment ago is a
 * good bookmark before its fsync. Confined to the broker's thread.
 */
final class BookmarkResolver {

    private final TransactionLog log;
    private final PublisherSequences sequences;

    BookmarkResolver(TransactionLog log, PublisherSequences sequences) {
        this.log = log;
        this.sequences = sequences;
    }

    /**
     * The part of the log that a bookmark means. What ends a range is looked up once: its end is at most the last message of now.
     *
     * @throws BookmarkRefusal if it is malformed, or unknown and {@code FAIL} is wanted
     */
    ReplayRange resolve(String bookmark, NotFound policy) throws BookmarkRefusal {
        BookmarkText text = BookmarkText.parse(bookmark);
        ReplayRange earliest = null;
        for (Position start : text.starts()) {
            ReplayRange range = start(start, text.startIncluded(), policy, text.end() == null);
            if (earliest == null || isEarlier(range, earliest)) {
                earliest = range;
            }
        }
        if (earliest == null) {
            throw new BookmarkRefusal("bad bookmark ''");
        }
        return text.end() == null ? earliest : ended(earliest, text.end(), text.endIncluded(), policy);
    }

    private static boolean isEarlier(ReplayRange one, ReplayRange other) {
        return one.from() != other.from() ? one.from() < other.from() : one.fromMicros() < other.fromMicros();
    }

    private ReplayRange start(Position position, boolean included, NotFound policy, boolean single)
            throws BookmarkRefusal {
        if (position instanceof Position.Message message) {
            OptionalLong found = find(message);
            if (found.isPresent()) {
                return ReplayRange.from(included ? found.getAsLong() : found.getAsLong() + 1);
            }
            return start(unknown(message, policy), true, policy, single);
        }
        if (position instanceof Position.Time time) {
            long micros = time.micros() + (included || single ? 0 : 1);
            long durable = log.durableIndex(); // first: it may grow meanwhile
            long index = log.indexAt(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
            // all that is durable is older: what is pending, or still to come, is looked at one by one
            long fromMicros = index > durable ? micros : 0;
            return new ReplayRange(index, fromMicros, false, Long.MAX_VALUE, Long.MAX_VALUE);
        }
        return position instanceof Position.Epoch
                ? new ReplayRange(log.firstIndex(), 0, true, Long.MAX_VALUE, Long.MAX_VALUE)
                : ReplayRange.from(log.lastIndex() + 1);
    }

    private ReplayRange ended(ReplayRange start, Position end, boolean included, NotFound policy)
            throws BookmarkRefusal {
        long to = log.lastIndex();
        long toMicros = Long.MAX_VALUE;
        Position known = end;
        if (end instanceof Position.Message message) {
            OptionalLong found = find(message);
            if (found.isPresent()) {
                to = included ? found.getAsLong() : found.getAsLong() - 1;
            } else {
                known = unknown(message, policy);
            }
        }
        if (known instanceof Position.Epoch) {
            to = log.firstIndex() - 1;
        }
        if (known instanceof Position.Time time) {
            toMicros = included ? time.micros() : time.micros() - 1;
        }
        return new ReplayRange(start.from(), start.fromMicros(), start.fromStart(), to, toMicros);
    }

    private OptionalLong find(Position.Message message) {
        OptionalLong found = log.find(message.publisherHash(), message.sequence());
        return found.isPresent() ? found : sequences.findPending(message.publisherHash(), message.sequence());
    }

    private static Position unknown(Position.Message message, NotFound policy) throws BookmarkRefusal {
        @Nullable
        Position instead = switch (policy) {
            case EPOCH -> new Position.Epoch();
            case NOW -> new Position.Now();
            case FAIL -> null;
        };
        if (instead == null) {
            throw new BookmarkRefusal(
                    "bookmark not found: " + message.publisherHash() + "|" + message.sequence() + "|");
        }
        return instead;
    }
}
