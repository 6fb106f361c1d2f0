package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.HeartbeatWatch;
import io.holdfast.broker.internal.session.Interval;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.client.message.AckType;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;

/** {@code heartbeat}: {@code start,<seconds>} begins the watch, {@code beat} is a sign of life, which any frame is. */
public final class HeartbeatHandler implements CommandHandler {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final EventLoop loop;
    private final SessionEnd exit;
    private final OperatorLog log;

    /** A handler whose watches run on this loop. */
    public HeartbeatHandler(EventLoop loop, SessionEnd exit, OperatorLog log) {
        this.loop = loop;
        this.exit = exit;
        this.log = log;
    }

    @Override
    public void on(Session session, Frame frame) {
        Replies.received(session, frame.header());
        String options = frame.header().text(Field.OPTS).strip();
        if (!options.equals("beat")) {
            Optional<Duration> interval = interval(options);
            if (interval.isEmpty()) {
                Replies.refuse(session, frame.header(), "bad heartbeat options");
                return;
            }
            session.watch(new HeartbeatWatch(session, loop, interval.get(), () -> silent(session)));
        }
        Replies.succeed(session, frame.header(), AckType.PROCESSED);
    }

    private static Optional<Duration> interval(String options) {
        String[] words = options.split(",", -1);
        return words.length == 2 && words[0].strip().equals("start")
                ? Interval.parse(words[1]).filter(i -> i.compareTo(SHORTEST) >= 0 && i.compareTo(LONGEST) <= 0)
                : Optional.empty();
    }

    private void silent(Session session) {
        log.unresponsive(session);
        exit.end(session, DisconnectReason.HEARTBEAT, null);
    }
}
