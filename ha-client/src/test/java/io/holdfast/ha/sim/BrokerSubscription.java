package io.holdfast.ha.sim;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.Topic;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A subscription at a broker: live, or a walk through the log that goes on for ever. */
final class BrokerSubscription {

    private final String id;
    private final Predicate<String> topics;
    private final boolean fromLog;
    private final boolean beforePersisted;
    private final @Nullable Ack completion;
    private final int completeAt;
    private int next;
    private boolean completed;
    private int due;

    private BrokerSubscription(
            String id, Command command, boolean fromLog, int start, int end, @Nullable Ack completion) {
        this.id = id;
        this.topics = matcher(command.topic());
        this.fromLog = fromLog;
        this.beforePersisted = has(command, "live");
        this.next = start;
        this.completeAt = end;
        this.completion = completion;
    }

    /**
     * A subscription as a command asks for it.
     *
     * @param completion the ack that tells the end of its replay, if it was asked for
     * @return {@code null} if its bookmark is unknown and the command says that this is a failure
     */
    static @Nullable BrokerSubscription of(String id, Command command, BrokerLog log, @Nullable Ack completion) {
        Bookmark bookmark = command.bookmark();
        if (bookmark == null) {
            return new BrokerSubscription(id, command, false, 0, 0, completion);
        }
        int notFound = has(command, "bookmark_not_found=epoch") ? 0 : log.size();
        boolean fail = has(command, "bookmark_not_found=fail");
        int start = log.start(bookmark.value(), fail ? -1 : notFound);
        return start < 0 ? null : new BrokerSubscription(id, command, true, start, log.size(), completion);
    }

    static boolean has(Command command, String option) {
        String options = command.options();
        if (options == null) {
            return false;
        }
        for (String each : options.split(",", -1)) {
            if (each.trim().equals(option)) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<String> matcher(@Nullable Topic topic) {
        if (topic == null) {
            return name -> false;
        }
        return topic.isPattern() ? Pattern.compile(topic.name()).asPredicate() : topic.name()::equals;
    }

    String id() {
        return id;
    }

    boolean isLive() {
        return !fromLog;
    }

    boolean matches(String topic) {
        return topics.test(topic);
    }

    /**
     * The next message of its walk.
     *
     * @param skips leave out every so many, to see whether it is noticed; zero for none
     * @return {@code null} if there is none now
     */
    @Nullable
    SimMessage next(BrokerLog log, int persisted, int skips) {
        int end = beforePersisted ? log.size() : persisted;
        while (fromLog && next < end) {
            LogEntry entry = log.get(next++);
            if (matches(entry.topic())) {
                due++;
                if (skips == 0 || due % skips != 0) {
                    Bookmark bookmark = new Bookmark(entry.bookmark());
                    return new SimMessage(
                            entry.request().topic(), entry.request().payload(), id, Optional.of(bookmark));
                }
            }
        }
        return null;
    }

    /** The ack that its replay is complete, once, when it is. */
    @Nullable
    Ack completion(int persisted) {
        if (completed || completion == null || (fromLog && next < Math.min(completeAt, persisted))) {
            return null;
        }
        if (fromLog && next < completeAt) {
            return null;
        }
        completed = true;
        return completion;
    }

    static boolean asksForCompletion(Command command) {
        return command.acks().contains(AckType.COMPLETED);
    }
}
