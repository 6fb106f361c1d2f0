package io.holdfast.ha.sim;

import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection, as the broker sees it: its logon, its publishes and their acks, its subscriptions, its signs of life. */
final class BrokerSession implements SimPipe.Receiver<ClientFrame> {

    /** Publishes to topics that begin so are refused. */
    static final String FORBIDDEN = "forbidden";

    private final SimBroker broker;
    private final PublishOutcomes outcomes = new PublishOutcomes(this::answer);
    private final Map<String, BrokerSubscription> subscriptions = new LinkedHashMap<>();
    private final Deque<Runnable> inbox = new ArrayDeque<>();
    private @Nullable SimLink link;
    private @Nullable LogonRequest logon;
    private @Nullable String user;
    private boolean holds;
    private boolean busy;
    private boolean over;
    private boolean telling;
    private boolean pumping;
    private long heartbeatNanos;
    private long heardNanos;
    private long saidNanos;

    BrokerSession(SimBroker broker) {
        this.broker = broker;
    }

    void on(SimLink newLink) {
        link = newLink;
    }

    @Nullable
    String clientName() {
        return logon == null ? null : logon.clientName();
    }

    @Nullable
    String correlationId() {
        return logon == null || logon.correlationId() == null
                ? null
                : logon.correlationId().value();
    }

    /** Whether it has logged on and is not over. */
    boolean isLoggedOn() {
        return holds && !over;
    }

    String address() {
        return String.valueOf(link);
    }

    // ---- from the client

    @Override
    public void receive(ClientFrame frame) {
        inbox.add(() -> handle(frame));
        work();
    }

    @Override
    public void ended(boolean inOrder) {
        inbox.add(() -> end("connection closed"));
        work();
    }

    private void work() {
        while (!busy && !over && !inbox.isEmpty()) {
            inbox.remove().run();
        }
    }

    private void handle(ClientFrame frame) {
        heardNanos = broker.world().nowNanos();
        if (frame instanceof ClientFrame.Logon wanted) {
            busy = true;
            long late = broker.logonDelayNanos();
            broker.later(late, "logon", () -> {
                busy = false;
                if (late > 0) {
                    broker.world().trace(broker + " answers " + wanted.request().clientName() + " late");
                }
                logOn(wanted);
                work();
            });
        } else if (!holds) {
            end("logon required");
        } else if (frame instanceof ClientFrame.Publish publish) {
            publish(publish.request(), publish.sequence());
        } else if (frame instanceof ClientFrame.Order order) {
            order(order.id(), order.command());
        } else if (frame instanceof ClientFrame.Beat beat && beat.intervalNanos() > 0) {
            heartbeatNanos = beat.intervalNanos();
            beatIn(heartbeatNanos);
            watch();
        }
    }

    private void logOn(ClientFrame.Logon wanted) {
        if (over) {
            return;
        }
        logon = wanted.request();
        user = wanted.credentials().user();
        String name = wanted.request().clientName();
        BrokerSession holder = broker.rules().transactionLog() ? broker.holder(name) : null;
        String refusal = broker.takeRefusal(name);
        if (refusal == null && holder != null && !Objects.equals(holder.user, user)) {
            refusal = SimBroker.NAME_IN_USE;
        }
        if (refusal != null) {
            broker.status().tell("logon_failed", this, null);
            write(new BrokerFrame.LogonAnswer(null, refusal));
            end("auth");
            return;
        }
        if (holder != null) {
            broker.evicted();
            holder.end(SimBroker.NAME_IN_USE);
        }
        holds = true;
        broker.hold(name, this);
        long last = broker.rules().transactionLog() ? broker.log().highest(name) : 0;
        broker.world().trace(broker + " logon of " + name + " by " + link + ", last sequence " + last);
        broker.status().tell("logon", this, null);
        write(new BrokerFrame.LogonAnswer(
                new LogonResult(name, SequenceNumber.of(last), null, "simulated", null), null));
    }

    private void publish(PublishRequest request, long sequence) {
        String name = Objects.requireNonNull(clientName());
        if (request.topic().name().startsWith(FORBIDDEN)) {
            broker.refused(name, sequence);
            outcomes.refused(sequence, "not entitled");
        } else if (broker.rules().forgetsDuplicates() || broker.log().isNew(name, sequence)) {
            broker.accept(new LogEntry(name, sequence, request, broker.name()));
            outcomes.taken(sequence, broker.log().size());
        } else {
            broker.world().trace(broker + " drops the duplicate " + name + "|" + sequence);
            outcomes.taken(sequence, broker.log().size());
        }
        tellLater(broker.rules().ackConflation().toNanos());
    }

    private void order(long id, Command command) {
        if (command.type() == CommandType.SUBSCRIBE) {
            subscribe(id, command);
        } else if (command.type() == CommandType.UNSUBSCRIBE) {
            unsubscribe(String.valueOf(command.subscriptionIds()));
            answer(ack(id, command, null));
        } else if (command.type() == CommandType.FLUSH) {
            outcomes.flush(ack(id, command, null), broker.log().size());
            tellLater(0);
        } else if (command.replyOn() != null) {
            answer(ack(id, command, null));
        }
    }

    private void subscribe(long id, Command command) {
        String subscription = command.subscriptionIds() == null ? Long.toString(id) : command.subscriptionIds();
        String refusal = broker.takeSubscribeRefusal(clientName());
        if (refusal == null && subscriptions.containsKey(subscription) && !BrokerSubscription.has(command, "replace")) {
            refusal = "subid in use";
        }
        if (refusal != null) {
            answer(ack(id, command, refusal));
            return;
        }
        Ack completion = BrokerSubscription.asksForCompletion(command)
                ? new Ack(
                        AckType.COMPLETED,
                        AckStatus.SUCCESS,
                        null,
                        CommandId.of(id),
                        SequenceNumber.NONE,
                        null,
                        AckCounts.NONE)
                : null;
        BrokerSubscription entered = BrokerSubscription.of(subscription, command, broker.log(), completion);
        if (entered == null) {
            answer(ack(id, command, "bookmark not found"));
            return;
        }
        subscriptions.put(subscription, entered);
        broker.world()
                .trace(broker + " enters " + subscription + " of " + clientName() + " from " + command.bookmark());
        broker.status().tell("subscribe", this, null);
        answer(ack(id, command, null));
        pumpLater();
    }

    private void unsubscribe(String ids) {
        if (ids.equals("all")) {
            subscriptions.clear();
        }
        for (String id : ids.split(",", -1)) {
            subscriptions.remove(id.trim());
        }
        broker.status().tell("unsubscribe", this, null);
    }

    // ---- to the client

    /** A message has been accepted: live subscriptions see it at once. */
    void accepted(LogEntry entry) {
        deliver(entry.topic(), entry.request().topic(), entry.request().payload());
    }

    /** An event of the broker itself. */
    void tell(Topic topic, Payload payload) {
        deliver(topic.name(), topic, payload);
    }

    private void deliver(String name, Topic topic, Payload payload) {
        List<String> ids = new ArrayList<>();
        for (BrokerSubscription subscription : subscriptions.values()) {
            if (subscription.isLive() && subscription.matches(name)) {
                ids.add(subscription.id());
            }
        }
        if (!ids.isEmpty()) {
            write(new BrokerFrame.Delivery(new SimMessage(topic, payload, String.join(",", ids), Optional.empty())));
        }
    }

    /** More of the log may be durable. */
    void wake() {
        if (!outcomes.isEmpty()) {
            tellLater(broker.rules().ackConflation().toNanos());
        }
        pumpLater();
    }

    private void tellLater(long nanos) {
        if (telling && nanos > 0) {
            return;
        }
        telling = true;
        broker.later(nanos, "acks", () -> {
            telling = false;
            String name = clientName();
            if (!over && name != null) {
                long highest = broker.rules().acksTellHighest() ? broker.log().highestPersisted(name) : 0;
                outcomes.tell(broker.persisted(), highest);
            }
        });
    }

    private void pumpLater() {
        if (!pumping && !subscriptions.isEmpty()) {
            pumping = true;
            broker.later(broker.random().nextLong(300_000), "replay", this::pump);
        }
    }

    private void pump() {
        pumping = false;
        int room = broker.rules().replayBatch();
        int persisted = broker.persisted();
        for (BrokerSubscription subscription : List.copyOf(subscriptions.values())) {
            SimMessage message = null;
            while (!over
                    && room > 0
                    && (message = subscription.next(
                                    broker.log(), persisted, broker.rules().skips()))
                            != null) {
                room--;
                write(new BrokerFrame.Delivery(message));
            }
            Ack completion = message == null && room > 0 ? subscription.completion(persisted) : null;
            if (completion != null) {
                answer(completion);
            }
        }
        if (!over && room == 0) {
            pumpLater();
        }
    }

    /** Says something whenever it has been silent for an interval. */
    private void beatIn(long nanos) {
        broker.later(nanos, "heartbeat", () -> {
            if (over) {
                return;
            }
            long silent = broker.world().nowNanos() - saidNanos;
            if (silent >= heartbeatNanos) {
                write(new BrokerFrame.Beat());
            }
            beatIn(silent < heartbeatNanos ? heartbeatNanos - silent : heartbeatNanos);
        });
    }

    /** Ends it when two intervals have passed since the client was last heard, and no later. */
    private void watch() {
        long left = heardNanos + 2 * heartbeatNanos - broker.world().nowNanos();
        if (left < 0) {
            end("heartbeat");
            return;
        }
        broker.later(left + 1, "silence", () -> {
            if (!over) {
                watch();
            }
        });
    }

    private void answer(Ack ack) {
        write(new BrokerFrame.Answer(ack));
    }

    private static Ack ack(long id, Command command, @Nullable String refusal) {
        AckType type = command.replyOn() == null ? AckType.PROCESSED : command.replyOn();
        AckStatus status = refusal == null ? AckStatus.SUCCESS : AckStatus.FAILURE;
        return new Ack(type, status, refusal, CommandId.of(Math.max(0, id)), SequenceNumber.NONE, null, AckCounts.NONE);
    }

    private void write(BrokerFrame frame) {
        if (!over && link != null) {
            saidNanos = broker.world().nowNanos();
            link.down().write(frame, frame.bytes());
        }
    }

    // ---- the end

    /** The broker closes it, and keeps the reason to itself. */
    void end(String reason) {
        if (over) {
            return;
        }
        leave();
        if (logon != null) {
            broker.world().trace(broker + " disconnects " + clientName() + " on " + link + ": " + reason);
            broker.status().tell("disconnect", this, reason);
        }
        if (link != null) {
            if (broker.random().nextInt(3) == 0) {
                link.reset();
            } else {
                link.down().end(true);
            }
        }
    }

    /** The broker is gone. */
    void breakOff(boolean silently) {
        leave();
        if (link != null && silently) {
            link.blackhole(true, true);
        } else if (link != null && broker.random().nextBoolean()) {
            link.reset();
        } else if (link != null) {
            link.down().end(true);
        }
    }

    private void leave() {
        over = true;
        inbox.clear();
        broker.gone(this);
    }
}
