package io.holdfast.broker;

import io.holdfast.broker.internal.auth.PasswordChecker;
import io.holdfast.broker.internal.command.Arrivals;
import io.holdfast.broker.internal.command.CommandTable;
import io.holdfast.broker.internal.command.FlushHandler;
import io.holdfast.broker.internal.command.HeartbeatHandler;
import io.holdfast.broker.internal.command.LogonHandler;
import io.holdfast.broker.internal.command.SessionEnding;
import io.holdfast.broker.internal.events.ClientStatusPublisher;
import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.publish.PublishHandler;
import io.holdfast.broker.internal.publish.PublisherSequences;
import io.holdfast.broker.internal.session.SessionRegistry;
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
import org.jspecify.annotations.Nullable;

/**
 * The one place that puts the parts together.
 *
 * @param arrivals takes connections in
 * @param registry who holds which name
 * @param exit ends sessions
 * @param flushes what waits to be flushed
 */
record BrokerParts(Arrivals arrivals, SessionRegistry registry, SessionEnding exit, FlushList flushes) {

    private static final String VERSION = "holdfast-broker";

    static BrokerParts assemble(
            BrokerConfig config, BrokerLoop brokerLoop, @Nullable SslContext tls, @Nullable PasswordChecker passwords) {
        InstantSource clock = Clock.systemUTC();
        EventLoop loop = brokerLoop.netty();
        FlushList flushes = new FlushList();
        HeaderWriter writer = new HeaderWriter();
        OperatorLog log = new OperatorLog(config.operatorLog(), clock);

        SessionRegistry registry = new SessionRegistry(config.transactionLog());
        SubscriptionTable subscriptions = new SubscriptionTable(writer);
        PublisherSequences sequences = new PublisherSequences(config.limits().maxPublishers());
        MessageRouter router = new MessageRouter(subscriptions, writer, clock);
        ClientStatusPublisher events = new ClientStatusPublisher(router, clock);
        SessionEnding exit = new SessionEnding(registry, subscriptions, events, log);

        PublishHandler publish = new PublishHandler(sequences, router, config.transactionLog());
        CommandTable commands = new CommandTable(exit)
                .with(
                        Verb.LOGON,
                        new LogonHandler(new LogonHandler.Parts(
                                loop,
                                flushes,
                                registry,
                                sequences,
                                passwords,
                                exit,
                                events,
                                log,
                                config.transactionLog(),
                                VERSION)))
                .with(Verb.PUBLISH, publish)
                .with(Verb.DELTA_PUBLISH, publish)
                .with(
                        Verb.SUBSCRIBE,
                        new SubscribeHandler(
                                subscriptions, events, config.limits().maxSubscriptions()))
                .with(Verb.UNSUBSCRIBE, new UnsubscribeHandler(subscriptions, events))
                .with(Verb.FLUSH, new FlushHandler())
                .with(Verb.HEARTBEAT, new HeartbeatHandler(loop, exit, log));
        Arrivals arrivals = new Arrivals(new Arrivals.Parts(
                config.instance(), loop, config.limits(), clock, flushes, writer, commands, exit, events, log, tls));
        return new BrokerParts(arrivals, registry, exit, flushes);
    }
}
