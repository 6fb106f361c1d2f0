package io.holdfast.broker.internal.replication;

import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.publish.LogIntake;
import io.holdfast.broker.internal.replay.Replays;
import io.holdfast.broker.internal.transport.BrokerLoop;
import io.holdfast.broker.internal.transport.FlushList;
import io.holdfast.broker.internal.wire.HeaderWriter;
import java.util.ArrayList;
import java.util.List;

/** The links to the instances that this one replicates to. Confined to the broker's thread. */
public final class Replication {

    private final LogIntake intake;
    private final ReplicationLink.Parts parts;
    private final List<ReplicationLink> links = new ArrayList<>();
    private boolean closed;

    /** No link yet. */
    public Replication(Parts parts) {
        intake = parts.intake();
        ReplicationDialer dialer =
                new ReplicationDialer(parts.loop(), parts.flushes(), parts.writer(), parts.instance(), parts.run());
        this.parts = new ReplicationLink.Parts(
                parts.log(),
                parts.replicas(),
                parts.replays()::source,
                dialer,
                parts.loop().netty(),
                parts.operator());
    }

    /** Replicates to one more instance from now on, from the start of the log. */
    public void to(ReplicationTarget target) {
        if (!closed) {
            ReplicationLink link = new ReplicationLink(parts, target);
            links.add(link);
            intake.follow(link);
            link.start();
        }
    }

    /** Ends all links. */
    public void close() {
        closed = true;
        links.forEach(ReplicationLink::close);
    }

    /**
     * What replication builds on.
     *
     * @param instance the name of this instance
     * @param run what tells this run of it from others
     */
    public record Parts(
            TransactionLog log,
            LogIntake intake,
            Replicas replicas,
            Replays replays,
            BrokerLoop loop,
            FlushList flushes,
            HeaderWriter writer,
            OperatorLog operator,
            String instance,
            String run) {}
}
