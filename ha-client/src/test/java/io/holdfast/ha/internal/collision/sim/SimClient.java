package io.holdfast.ha.internal.collision.sim;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.internal.collision.CollisionEffect;
import io.holdfast.ha.internal.collision.CollisionEvent;
import io.holdfast.ha.internal.collision.CollisionEvent.Failure;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import io.holdfast.ha.internal.collision.CollisionMachine;
import io.holdfast.ha.internal.collision.CollisionModel;
import io.holdfast.ha.internal.collision.CollisionSetup;
import io.holdfast.ha.internal.collision.CollisionState;
import io.holdfast.ha.internal.collision.Moment;
import io.holdfast.ha.internal.collision.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of ours: the real {@link CollisionMachine}, and a stand-in for the reconnecting client with its documented back-off
 * (full jitter, 200 ms doubled up to 20 s, reset by a session of 60 s; a close by the peer retries the same server).
 */
final class SimClient implements SimConnection.Owner {

    static final String NAME = "orders";
    private static final long STABLE = 60 * SimWorld.SECOND;

    final String label;
    final List<CollisionEffect.Say> said = new ArrayList<>();
    final List<CollisionDiagnosis> verdicts = new ArrayList<>();
    final List<CollisionEffect> actions = new ArrayList<>();
    private final SimWorld world;
    private final List<SimBroker> brokers;
    private final long latency;
    private final CollisionMachine machine;
    private final Map<Long, SimConnection> controls = new HashMap<>();
    private final Deque<CollisionEvent> inbox = new ArrayDeque<>();
    private CollisionModel model = CollisionModel.INITIAL;
    private int broker;
    private int attempt;
    private int attemptId;
    private boolean logsOn;
    private boolean held;
    private boolean due;
    private boolean quietNext;
    private boolean dead;
    private boolean working;
    private boolean knowsWhy;
    private SimWorld.@Nullable Task wake;
    private SimWorld.@Nullable Task retry;
    private @Nullable SimConnection link;
    private long upSince;
    private long upTotal;

    SimClient(SimWorld world, String label, List<SimBroker> brokers, CollisionOptions options) {
        this.world = world;
        this.label = label;
        this.brokers = List.copyOf(brokers);
        this.latency = world.between(50_000, 20 * SimWorld.MILLI);
        IdentityStamp nonce = IdentityStamp.ofNonce(String.format("%016x", world.random.nextLong()));
        // One in five tells its nonce only.
        IdentityStamp stamp = world.random.nextInt(5) == 0
                ? nonce
                : nonce.withProcess("host-" + label, 1000, world.wall()).withEstablishedSince(world.wall());
        List<Endpoint> endpoints = brokers.stream().map(b -> b.endpoint).toList();
        machine = new CollisionMachine(new CollisionSetup(NAME, stamp, NameSource.EXPLICIT, false, endpoints, options));
    }

    // ---- what the scenario does

    void start() {
        logsOn = true;
        tryLogon();
    }

    /** The process ends in order. */
    void stop() {
        dead = true;
        if (link != null) {
            wentDown();
            brokerOf(link).leave(link);
        }
        controls.values().forEach(control -> brokerOf(control).leave(control));
    }

    /** The machine it runs on vanishes: the broker notices by the missing heartbeats. */
    void vanish(long brokerNoticesAfter) {
        dead = true;
        List<SimConnection> mine = new ArrayList<>(controls.values());
        if (link != null) {
            wentDown();
            mine.add(link);
        }
        for (SimConnection connection : mine) {
            connection.cut = true;
            world.after(brokerNoticesAfter, () -> brokerOf(connection).drop(connection, "heartbeat"));
        }
    }

    /** The process stood still and its own heartbeat was late: it knows why the broker closes now. */
    void knowsWhyItIsClosed() {
        knowsWhy = true;
    }

    // ---- what the scenario asks

    boolean isUp() {
        return link != null && link.openAtClient && !dead;
    }

    CollisionState state() {
        return model.state();
    }

    long upTotal() {
        return upTotal + (link != null && !dead ? world.now() - upSince : 0);
    }

    @Nullable
    SimConnection link() {
        return link;
    }

    List<SimConnection> controls() {
        return List.copyOf(controls.values());
    }

    boolean acted() {
        return !actions.isEmpty();
    }

    @Override
    public String toString() {
        return label + " " + model.state() + (isUp() ? " up" : " down");
    }

    // ---- the stand-in of the reconnecting client

    private void tryLogon() {
        if (dead || !logsOn) {
            return;
        }
        if (held) {
            due = true;
            return;
        }
        due = false;
        int id = ++attemptId;
        SimBroker target = brokers.get(broker);
        feed(new CollisionEvent.LogonStarted(target.endpoint));
        String stamp = machine.stamp(model, moment()).toCorrelationId().value();
        boolean quiet = quietNext;
        target.connect(NAME, false, latency, stamp, new SimConnection.Owner() {
            @Override
            public void loggedOn(SimConnection connection) {
                if (dead) {
                    connection.cut = true;
                } else if (id != attemptId || !logsOn) {
                    target.leave(connection);
                } else {
                    cameUp(connection, quiet);
                }
            }

            @Override
            public void refused(boolean unreachable) {
                if (!dead && id == attemptId && logsOn) {
                    feed(new CollisionEvent.ConnectFailed(Failure.UNREACHABLE));
                    broker = (broker + 1) % brokers.size();
                    backOff();
                }
            }

            @Override
            public void closed(SimConnection connection) {
                SimClient.this.closed(connection);
            }
        });
    }

    private void cameUp(SimConnection connection, boolean quiet) {
        link = connection;
        upSince = world.now();
        feed(new CollisionEvent.LoggedOn(quiet));
        if (!quiet) {
            resume();
        }
    }

    private void resume() {
        SimConnection current = link;
        if (current != null) {
            SimBroker at = brokerOf(current);
            world.after(latency, () -> {
                if (current.openAtBroker) {
                    at.onResume.accept(current);
                }
            });
        }
    }

    @Override
    public void loggedOn(SimConnection connection) {
        throw new IllegalStateException("an attempt has its own owner");
    }

    @Override
    public void refused(boolean unreachable) {
        throw new IllegalStateException("an attempt has its own owner");
    }

    @Override
    public void closed(SimConnection connection) {
        if (dead || connection != link) {
            return;
        }
        boolean stable = world.now() - upSince >= STABLE;
        wentDown();
        if (stable) {
            attempt = 0;
        }
        feed(new CollisionEvent.LinkLost(knowsWhy ? Loss.LOCAL : Loss.PEER));
        knowsWhy = false;
        if (logsOn) {
            backOff();
        }
    }

    private void wentDown() {
        upTotal += world.now() - upSince;
        link = link != null && dead ? link : null;
    }

    private void backOff() {
        long most = Math.min(20 * SimWorld.SECOND, (200 * SimWorld.MILLI) << Math.min(attempt, 10));
        attempt++;
        if (retry != null) {
            retry.cancel();
        }
        retry = world.after(world.between(0, most), this::tryLogon);
    }

    // ---- the wiring of the machine

    private void feed(CollisionEvent event) {
        inbox.add(event);
        if (working) {
            return;
        }
        working = true;
        while (!inbox.isEmpty() && !dead) {
            Step step = machine.on(model, requireNonNull(inbox.poll()), moment());
            model = step.model();
            step.effects().forEach(this::apply);
            if (wake != null) {
                wake.cancel();
            }
            wake = step.wakeAt() == Step.NEVER
                    ? null
                    : world.after(step.wakeAt() - world.now(), () -> feed(new CollisionEvent.Woken()));
        }
        working = false;
    }

    private Moment moment() {
        return new Moment(world.now(), world.wall(), world.random.nextDouble());
    }

    private void apply(CollisionEffect effect) {
        if (effect instanceof CollisionEffect.OpenControl open) {
            openControl(open);
        } else if (effect instanceof CollisionEffect.CloseControl close) {
            SimConnection control = controls.remove(close.control());
            if (control != null) {
                brokerOf(control).leave(control);
            }
        } else if (effect instanceof CollisionEffect.CheckControl check) {
            SimConnection control = controls.get(check.control());
            if (control != null) {
                world.after(control.latency(), () -> {
                    if (control.openAtBroker) {
                        control.toClient(() -> feed(new CollisionEvent.ControlAlive(check.control())));
                    }
                });
            }
        } else if (effect instanceof CollisionEffect.KeepControlAlive keep) {
            SimConnection control = controls.get(keep.control());
            if (control != null) {
                control.heartbeats = true;
            }
        } else {
            applyToLink(effect);
        }
    }

    private void applyToLink(CollisionEffect effect) {
        if (effect instanceof CollisionEffect.HoldLogon) {
            held = true;
        } else if (effect instanceof CollisionEffect.ReleaseLogon) {
            held = false;
            if (due) {
                world.after(0, this::tryLogon);
            }
        } else if (effect instanceof CollisionEffect.QuietLogon quiet) {
            quietNext = quiet.quiet();
        } else if (effect instanceof CollisionEffect.EndQuiet) {
            resume();
        } else if (effect instanceof CollisionEffect.LogOn) {
            logsOn = true;
            held = false;
            attempt = 0;
            world.after(0, this::tryLogon);
        } else if (effect instanceof CollisionEffect.Say say) {
            said.add(say);
        } else if (effect instanceof CollisionEffect.Verdict verdict) {
            verdicts.add(verdict.diagnosis());
        } else if (stopsLogons(effect)) {
            actions.add(effect);
            stopLogons();
        }
    }

    private static boolean stopsLogons(CollisionEffect effect) {
        return effect instanceof CollisionEffect.Yield
                || effect instanceof CollisionEffect.Retreat
                || effect instanceof CollisionEffect.Fail
                || effect instanceof CollisionEffect.Rename;
    }

    private void stopLogons() {
        logsOn = false;
        held = false;
        due = false;
        attemptId++;
        if (retry != null) {
            retry.cancel();
        }
        if (link != null) {
            SimConnection left = link;
            wentDown();
            link = null;
            brokerOf(left).leave(left);
        }
    }

    private void openControl(CollisionEffect.OpenControl open) {
        SimBroker target = brokers.stream()
                .filter(b -> b.endpoint.equals(open.endpoint()))
                .findFirst()
                .orElseThrow();
        target.connect(NAME + "~diag-" + label, true, latency, null, new SimConnection.Owner() {
            @Override
            public void loggedOn(SimConnection connection) {
                if (dead) {
                    connection.cut = true;
                    return;
                }
                controls.put(open.control(), connection);
                feed(new CollisionEvent.ControlUp(open.control()));
                world.after(latency, () -> subscribe(target, connection, open.control()));
            }

            @Override
            public void refused(boolean unreachable) {
                if (!dead) {
                    feed(new CollisionEvent.ControlLost(open.control()));
                }
            }

            @Override
            public void closed(SimConnection connection) {
                if (!dead && controls.remove(open.control()) != null) {
                    feed(new CollisionEvent.ControlLost(open.control()));
                }
            }
        });
    }

    private void subscribe(SimBroker target, SimConnection connection, long id) {
        if (!connection.openAtBroker) {
            return;
        }
        if (target.readable) {
            target.watch(connection, (from, event) -> {
                if (controls.get(id) == from) {
                    feed(new CollisionEvent.StatusSeen(id, event));
                }
            });
            connection.toClient(() -> feed(new CollisionEvent.ControlReadable(id)));
        } else {
            connection.toClient(() -> feed(new CollisionEvent.ControlUnreadable(id)));
        }
    }

    private SimBroker brokerOf(SimConnection connection) {
        for (SimBroker candidate : brokers) {
            if (candidate.all().contains(connection)) {
                return candidate;
            }
        }
        return brokers.get(broker);
    }
}
