package io.holdfast.ha.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory, with the rules of the protocol: names and evictions, one log with the duplicate rule per name, accepted
 * apart from durable, replay, replicas, restarts. What one connection sees of it is a {@link BrokerSession}.
 */
final class SimBroker {

    /** Why it refuses or ends a connection whose name is another's. */
    static final String NAME_IN_USE = "name in use";

    private final SimWorld world;
    private final String name;
    private final BrokerRules rules;
    private final SplittableRandom random;
    private final BrokerLog log = new BrokerLog();
    private final ClientStatus status;
    private int evictions;
    private final Map<String, BrokerSession> holders = new LinkedHashMap<>();
    private final List<BrokerSession> sessions = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<LogEntry> lost = new ArrayList<>();
    private final Set<String> refused = new TreeSet<>();
    private boolean up = true;
    private int starts = 1;
    private boolean writing;
    private long accepted;
    private long logonDelayNanos;
    private int logonsToRefuse;
    private int subscribesToRefuse;
    private String refusal = "";
    private final Set<String> refusedNames = new TreeSet<>();
    private final Set<String> refusedSubscribers = new TreeSet<>();

    SimBroker(SimWorld world, String name, BrokerRules rules) {
        this.world = world;
        this.name = name;
        this.rules = rules;
        this.random = world.random();
        this.status = new ClientStatus(this);
    }

    String name() {
        return name;
    }

    SimWorld world() {
        return world;
    }

    BrokerRules rules() {
        return rules;
    }

    BrokerLog log() {
        return log;
    }

    SplittableRandom random() {
        return random;
    }

    ClientStatus status() {
        return status;
    }

    boolean isUp() {
        return up;
    }

    /** How often it has been started: tells one life from the next. */
    int life() {
        return starts;
    }

    /** What it had accepted, perhaps delivered, and lost in crashes. */
    List<LogEntry> lost() {
        return List.copyOf(lost);
    }

    /** Somebody had the name of a client that logs on now. */
    void evicted() {
        evictions++;
    }

    int evictions() {
        return evictions;
    }

    /** It refused this publish. */
    void refused(String publisher, long sequence) {
        refused.add(publisher + "|" + sequence);
    }

    /** Whether it ever refused this publish. */
    boolean hasRefused(String publisher, long sequence) {
        return refused.contains(publisher + "|" + sequence);
    }

    /** The connections that are open here now, in the order of their logons. */
    List<BrokerSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Copies what is published here to another broker, in order. */
    void replicateTo(SimBroker other) {
        replicas.add(new Replica(this, other));
    }

    /** A TCP connection has been made. */
    BrokerSession open() {
        BrokerSession session = new BrokerSession(this);
        sessions.add(session);
        return session;
    }

    // ---- faults

    /**
     * The process dies, and what was not durable is gone.
     *
     * @param silently whether the machine died with it, so that nobody closes the connections
     */
    void crash(boolean silently) {
        if (!up) {
            return;
        }
        up = false;
        writing = false;
        world.trace(name + " crashes" + (silently ? " silently" : ""));
        for (BrokerSession session : sessions()) {
            session.breakOff(silently);
        }
        sessions.clear();
        holders.clear();
        List<LogEntry> taken = log.crash();
        if (!taken.isEmpty()) {
            world.trace(name + " loses what was not durable: " + taken.size());
        }
        lost.addAll(taken);
        replicas.forEach(Replica::interrupted);
    }

    /** It is there again. */
    void start() {
        if (!up) {
            up = true;
            starts++;
            world.trace(name + " is up again");
            replicas.forEach(Replica::wake);
            wake();
        }
    }

    /** Logons are answered this much later; zero for at once. */
    void delayLogons(Duration delay) {
        logonDelayNanos = delay.toNanos();
        world.trace(name + " answers logons " + delay.toMillis() + " ms late");
    }

    /** The next so many logons are refused with this reason. */
    void refuseLogons(int count, String reason) {
        logonsToRefuse = count;
        refusal = reason;
        world.trace(name + " will refuse " + count + " logons: " + reason);
    }

    /** The next so many subscriptions are refused with this reason. */
    void refuseSubscriptions(int count, String reason) {
        subscribesToRefuse = count;
        refusal = reason;
        world.trace(name + " will refuse " + count + " subscriptions: " + reason);
    }

    /** An administrator, or a rival elsewhere, ends a client's connection. Returns whether there was one. */
    boolean disconnect(String clientName, String reason) {
        BrokerSession holder = holders.get(clientName);
        if (holder != null) {
            holder.end(reason);
        }
        return holder != null;
    }

    // ---- what sessions ask

    long logonDelayNanos() {
        return logonDelayNanos;
    }

    /** Why this subscription is refused by somebody's order, if it is. */
    @Nullable
    String takeSubscribeRefusal(@Nullable String clientName) {
        if (subscribesToRefuse == 0) {
            return null;
        }
        subscribesToRefuse--;
        if (clientName != null) {
            refusedSubscribers.add(clientName);
        }
        return refusal;
    }

    /** Why this logon is refused by somebody's order, if it is. */
    @Nullable
    String takeRefusal(String clientName) {
        if (logonsToRefuse == 0) {
            return null;
        }
        logonsToRefuse--;
        if (refusal.equals(NAME_IN_USE)) {
            refusedNames.add(clientName);
        }
        return refusal;
    }

    /** Whether it was ordered to refuse, and refused, a subscription of a client whose name begins so. */
    boolean hasRefusedSubscriber(String beginning) {
        return refusedSubscribers.stream().anyMatch(name -> name.startsWith(beginning));
    }

    /** Whether it was ordered to say, and said, that this name is another's. */
    boolean hasRefusedName(String clientName) {
        return refusedNames.contains(clientName);
    }

    @Nullable
    BrokerSession holder(String clientName) {
        return holders.get(clientName);
    }

    void hold(String clientName, BrokerSession session) {
        holders.put(clientName, session);
    }

    void gone(BrokerSession session) {
        sessions.remove(session);
        if (session.clientName() != null) {
            holders.remove(session.clientName(), session);
        }
    }

    /** Something happens later, unless the broker crashes before. */
    SimEvent later(long nanos, String what, Runnable action) {
        int life = starts;
        return world.after(nanos, name + " " + what, () -> {
            if (up && life == starts) {
                action.run();
            }
        });
    }

    /** Takes a message that is new into the log; sessions see it when it is theirs to see. */
    void accept(LogEntry entry) {
        accepted++;
        if (rules.loses() > 0 && accepted % rules.loses() == 0) {
            log.acceptNumber(entry.publisher(), entry.sequence());
            return;
        }
        log.accept(entry);
        sessions().forEach(session -> session.accepted(entry));
        write();
    }

    private void write() {
        if (writing || log.durable() == log.size()) {
            return;
        }
        writing = true;
        int through = log.size();
        later(random.nextLong(rules.fsync().toNanos() + 1), "fsync", () -> {
            writing = false;
            log.makeDurable(through);
            replicas.forEach(Replica::wake);
            wake();
            write();
        });
    }

    /** How many entries of the log count as persisted: durable here, and at the replicas if they are synchronous. */
    int persisted() {
        int persisted = log.durable();
        if (rules.synchronousReplicas()) {
            for (Replica replica : replicas) {
                persisted = Math.min(persisted, replica.confirmed());
            }
        }
        return persisted;
    }

    /** Sessions may have more to say. */
    void wake() {
        log.makePersisted(persisted());
        sessions().forEach(BrokerSession::wake);
    }

    @Override
    public String toString() {
        return name;
    }
}
