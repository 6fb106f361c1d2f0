package io.holdfast.broker;

import io.holdfast.broker.internal.auth.PasswordChecker;
import io.holdfast.broker.internal.command.Arrivals;
import io.holdfast.broker.internal.command.CommandTable;
import io.holdfast.broker.internal.command.FlushHandler;
import io.holdfast.broker.internal.command.HeartbeatHandler;
import io.holdfast.broker.internal.command.LogonHandler;
import io.holdfast.broker.internal.command.SessionEnding;
import io.holdfast.broker.internal.events.ClientStatusPublisher;
import io.holdfast.broker.internal.journal.FileLog;
import io.holdfast.broker.internal.journal.FileLogOptions;
import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.MemoryLog;
import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.publish.LogIntake;
import io.holdfast.broker.internal.publish.PublishHandler;
import io.holdfast.broker.internal.publish.PublisherSequences;
import io.holdfast.broker.internal.replay.Replays;
import io.holdfast.broker.internal.replication.ReplicaHandler;
import io.holdfast.broker.internal.replication.Replicas;
import io.holdfast.broker.internal.replication.Replication;
import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.SessionRegistry;
import io.holdfast.broker.internal.session.WaitingAcks;
import io.holdfast.broker.internal.topic.BookmarkSubscriptions;
import io.holdfast.broker.internal.topic.MessageRouter;
import io.holdfast.broker.internal.topic.SubscribeHandler;
import io.holdfast.broker.internal.topic.SubscriptionTable;
import io.holdfast.broker.internal.topic.UnsubscribeHandler;
import io.holdfast.broker.internal.transport.BrokerLoop;
import io.holdfast.broker.internal.transport.FlushList;
import io.holdfast.broker.internal.wire.HeaderWriter;
import io.holdfast.broker.internal.wire.Verb;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one place that puts the parts together.
 *
 * @param arrivals takes connections in
 * @param registry who holds which name
 * @param exit ends sessions
 * @param flushes what waits to be flushed
 * @param log what is kept, {@code null} without a transaction log
 * @param replays who follows it, {@code null} without a transaction log
 * @param replication who it is sent to, {@code null} without a transaction log
 */
record BrokerParts(
        Arrivals arrivals,
        SessionRegistry registry,
        SessionEnding exit,
        FlushList flushes,
        @Nullable TransactionLog log,
        @Nullable Replays replays,
        @Nullable Replication replication) {

    private static final String VERSION = "holdfast-broker";
    private static final int MEMORY_LOG_RECORDS = 10_000_000;

    /**
     * Makes a broker.
     *
     * @param whenLogFailed called on the broker's thread when the log cannot be written any more, after that was told
     * @throws JournalException if the log cannot be opened
     */
    static BrokerParts assemble(
            BrokerConfig config,
            BrokerLoop brokerLoop,
            @Nullable SslContext tls,
            @Nullable PasswordChecker passwords,
            Runnable whenLogFailed) {
        InstantSource clock = Clock.systemUTC();
        EventLoop loop = brokerLoop.netty();
        FlushList flushes = new FlushList();
        HeaderWriter writer = new HeaderWriter();
        OperatorLog operator = new OperatorLog(config.operatorLog(), clock);
        TransactionLog log = config.transactionLog() ? log(config, clock, loop) : null;

        SessionRegistry registry = new SessionRegistry(config.transactionLog());
        SubscriptionTable subscriptions = new SubscriptionTable(writer);
        PublisherSequences sequences = new PublisherSequences(
                config.limits().maxPublishers(), log == null ? Map.of() : log.recoveredSequences());
        WaitingAcks waitingAcks = new WaitingAcks(log == null ? 0 : log.durableIndex());
        MessageRouter router = new MessageRouter(subscriptions, writer, clock);
        ClientStatusPublisher events = new ClientStatusPublisher(router, clock);
        SessionEnding exit = new SessionEnding(registry, subscriptions, events, operator);
        Replicas replicas = log == null ? null : new Replicas(log.lastIndex());
        LogIntake intake = null;
        Replays replays = null;
        Replication replication = null;
        if (log != null && replicas != null) {
            log.whenFailed(reason -> {
                operator.logFailed(reason.getMessage());
                whenLogFailed.run();
            });
            intake = new LogIntake(log, sequences, waitingAcks, router, flushes, config.instance());
            replays = new Replays(log, sequences, loop, exit, flushes, config.instance());
            intake.follow(replays);
            subscriptions.whenReplayRemoved(replays::end);
            replication = new Replication(new Replication.Parts(
                    log,
                    intake,
                    replicas,
                    replays,
                    brokerLoop,
                    flushes,
                    writer,
                    operator,
                    config.instance(),
                    Long.toString(clock.millis())));
        }

        CommandHandler publish = new PublishHandler(sequences, router, intake, exit);
        if (intake != null && replicas != null && config.acceptReplication()) {
            publish = new ReplicaHandler(intake, replicas, publish, exit);
        }
        CommandTable commands = new CommandTable(exit)
                .with(
                        Verb.LOGON,
                        new LogonHandler(new LogonHandler.Parts(
                                loop,
                                clock,
                                flushes,
                                registry,
                                sequences,
                                waitingAcks,
                                passwords,
                                exit,
                                events,
                                operator,
                                config.transactionLog(),
                                config.acceptReplication() ? replicas : null,
                                config.instance(),
                                VERSION)))
                .with(Verb.PUBLISH, publish)
                .with(Verb.DELTA_PUBLISH, publish)
                .with(
                        Verb.SUBSCRIBE,
                        new SubscribeHandler(
                                subscriptions,
                                replays == null ? BookmarkSubscriptions.withoutLog() : replays,
                                events,
                                config.limits().maxSubscriptions()))
                .with(Verb.UNSUBSCRIBE, new UnsubscribeHandler(subscriptions, events))
                .with(Verb.FLUSH, new FlushHandler(log == null ? () -> 0 : log::lastIndex))
                .with(Verb.HEARTBEAT, new HeartbeatHandler(loop, exit, operator));
        Arrivals arrivals = new Arrivals(new Arrivals.Parts(
                config.instance(),
                loop,
                config.limits(),
                clock,
                flushes,
                writer,
                commands,
                exit,
                events,
                operator,
                tls));
        return new BrokerParts(arrivals, registry, exit, flushes, log, replays, replication);
    }

    private static TransactionLog log(BrokerConfig config, InstantSource clock, EventLoop loop) {
        if (config.data().isPresent()) {
            return FileLog.open(
                    FileLogOptions.in(config.data().get(), config.instance()).withJournal(config.journal()),
                    clock,
                    loop);
        }
        return new MemoryLog(clock, loop, MEMORY_LOG_RECORDS, config.limits().memoryLogBytes());
    }
}
