package io.holdfast.ha.internal.naming;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.NameCollisionException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.spi.Clock;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.ha.internal.collision.CollisionCode;
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
import io.holdfast.ha.internal.driver.Engine;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over a client's name: feeds the collision machine and does what it says.
 *
 * <p>Confined to the driver's mailbox but for {@link #status()}. An event that comes while another is worked on waits for its
 * effects; what begins a logon comes last, since it makes an event of its own.
 */
public final class NameDriver {

    private static final Logger LOG = LoggerFactory.getLogger(NameDriver.class);

    private final NameSetup setup;
    private final List<Endpoint> endpoints;
    private final Engine engine;
    private final Consumer<Runnable> mailbox;
    private final NameLink link;
    private final ClientOptions options;
    private final Connector connector;
    private final long origin;
    private final Queue<CollisionEvent> waiting = new ArrayDeque<>();

    private LogonRequest logon;
    private CollisionMachine machine;
    private ControlLinks controls;
    /** The end of the controls of the client's earlier names. */
    private CompletableFuture<Void> earlier = CompletableFuture.completedFuture(null);

    private CollisionModel model = CollisionModel.INITIAL;
    private boolean working;
    private boolean logOnLast;
    private boolean releaseLast;
    private boolean linkUp;
    private @Nullable CollisionDiagnosis lastVerdict;
    private Scheduler.@Nullable Cancellable alarm;
    private int renamings;

    private volatile NameStatus status = NameStatus.QUIET;
    private volatile boolean stopped;

    /**
     * A watch that has seen nothing.
     *
     * @param logon how the client logs on, but for the stamp
     * @param endpoints the servers of its list
     * @param mailbox brings a task into the driver's mailbox
     */
    public NameDriver(
            NameSetup setup,
            LogonRequest logon,
            List<Endpoint> endpoints,
            ClientOptions options,
            Connector connector,
            Engine engine,
            Consumer<Runnable> mailbox,
            NameLink link) {
        this.setup = setup;
        this.logon = logon;
        this.endpoints = List.copyOf(endpoints);
        this.options = options;
        this.connector = connector;
        this.engine = engine;
        this.mailbox = mailbox;
        this.link = link;
        this.origin = engine.clock().nanoTime();
        this.machine = machineFor(logon.clientName());
        this.controls = controlsFor(machine);
    }

    private ControlLinks controlsFor(CollisionMachine theirs) {
        return new ControlLinks(connector, options, engine.scheduler(), new ControlLinks.Told() {
            @Override
            public void event(CollisionEvent event) {
                mailbox.accept(() -> {
                    if (machine == theirs) {
                        feed(event);
                    }
                });
            }

            @Override
            public void post(Runnable task) {
                mailbox.accept(task);
            }
        });
    }

    private CollisionMachine machineFor(String clientName) {
        return new CollisionMachine(new CollisionSetup(
                clientName, setup.stamp(), setup.source(), setup.hasStores(), endpoints, setup.options()));
    }

    /** How safe the name is; any thread. */
    public NameStatus status() {
        return status;
    }

    // ---- what happens to the link

    /** A logon begins. */
    public void logonStarted(Endpoint endpoint) {
        feed(new CollisionEvent.LogonStarted(endpoint));
    }

    /** What the logon that has just begun is to say. */
    public LogonRequest logon() {
        return logon.withCorrelationId(machine.stamp(model, moment()).toCorrelationId());
    }

    /** It succeeded. */
    public void loggedOn(boolean quiet) {
        linkUp = true;
        feed(new CollisionEvent.LoggedOn(quiet));
    }

    /** It did not. */
    public void connectFailed(Failure failure) {
        feed(new CollisionEvent.ConnectFailed(failure));
    }

    /** The session ended. */
    public void linkLost(Loss loss) {
        if (linkUp) {
            linkUp = false;
            feed(new CollisionEvent.StoresCounted(setup.stores().get()));
            feed(new CollisionEvent.LinkLost(loss));
        }
    }

    /** The broker has a number for our name that we did not give. */
    public void foreignSequence(long sequence, boolean storeIsOlder) {
        feed(new CollisionEvent.StoresCounted(setup.stores().get()));
        feed(new CollisionEvent.ForeignSequenceSeen(sequence, storeIsOlder));
    }

    // ---- what is asked for

    /** An operator wants the name. */
    public void takeOver() {
        feed(new CollisionEvent.TakeOver());
    }

    /** The client ends, or has failed: completes when no control is left. */
    public CompletionStage<Void> stop() {
        stopped = true;
        feed(new CollisionEvent.Stopped());
        setAlarm(Step.NEVER);
        return CompletableFuture.allOf(earlier, controls.closeAll());
    }

    // ---- the machine

    private void feed(CollisionEvent event) {
        waiting.add(event);
        if (working) {
            return;
        }
        working = true;
        try {
            for (CollisionEvent next = waiting.poll(); next != null; next = waiting.poll()) {
                step(next);
            }
        } catch (RuntimeException | Error e) {
            waiting.clear();
            link.failed("the watch over the name failed", e);
        } finally {
            working = false;
        }
        beginLogon();
    }

    private void step(CollisionEvent event) {
        CollisionState before = model.state();
        Step step = machine.on(model, event, moment());
        model = step.model();
        step.effects().forEach(this::apply);
        setAlarm(step.wakeAt());
        publish(before, event);
    }

    private void publish(CollisionState before, CollisionEvent event) {
        CollisionState now = model.state();
        if (now != before || event instanceof CollisionEvent.LinkLost) {
            NameEvents.status(logon.clientName(), now.name(), model.fastPenalty(), model.slowPenalty());
        }
        NameStatus next = new NameStatus(state(now), model.fastPenalty(), model.slowPenalty(), lastVerdict);
        if (!next.equals(status)) {
            status = next;
        }
    }

    private static NameStatus.State state(CollisionState state) {
        return switch (state) {
            case NONE, RENAMED, STOPPED -> NameStatus.State.UNDISPUTED;
            case SUSPECTED -> NameStatus.State.SUSPECTED;
            case CONFIRMED -> NameStatus.State.CONFIRMED;
            case STANDBY -> NameStatus.State.STANDBY;
            case TRIAL -> NameStatus.State.TRIAL;
            case FAILED -> NameStatus.State.GIVEN_UP;
        };
    }

    private Moment moment() {
        Clock clock = engine.clock();
        return new Moment(
                clock.nanoTime() - origin, clock.instant(), engine.random().nextDouble());
    }

    private void setAlarm(long wakeAt) {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        if (wakeAt != Step.NEVER) {
            long delay = Math.max(0, wakeAt - (engine.clock().nanoTime() - origin));
            Scheduler.Cancellable[] own = new Scheduler.Cancellable[1];
            own[0] = engine.scheduler()
                    .schedule(
                            delay,
                            () -> mailbox.accept(() -> {
                                if (alarm == own[0]) {
                                    alarm = null;
                                    feed(new CollisionEvent.Woken());
                                }
                            }));
            alarm = own[0];
        }
    }

    /** What begins a logon makes an event, and so waits until everything else is done; what stops logons comes first. */
    private void beginLogon() {
        if (releaseLast) {
            releaseLast = false;
            link.hold(false);
        }
        if (logOnLast) {
            logOnLast = false;
            link.logOn();
        }
    }

    // ---- effects

    private void apply(CollisionEffect effect) {
        if (effect instanceof CollisionEffect.OpenControl open) {
            String name =
                    ControlName.of(logon.clientName(), setup.stamp(), Math.max(0, endpoints.indexOf(open.endpoint())));
            controls.open(open.control(), open.endpoint(), name, logon());
        } else if (effect instanceof CollisionEffect.CloseControl close) {
            controls.close(close.control());
        } else if (effect instanceof CollisionEffect.CheckControl check) {
            controls.check(check.control(), setup.options().detection().coincidence());
        } else if (effect instanceof CollisionEffect.KeepControlAlive keep) {
            controls.keepAlive(keep.control());
        } else if (effect instanceof CollisionEffect.Say say) {
            say(say.code(), say.fields());
        } else if (effect instanceof CollisionEffect.Verdict verdict) {
            tell(verdict.diagnosis());
        } else if (effect instanceof CollisionEffect.AskApplication ask) {
            ask(ask.question(), ask.diagnosis());
        } else if (effect instanceof CollisionEffect.TakeOverRefused refused) {
            link.takeOverRefused(refused.tryAgainIn());
        } else if (effect instanceof CollisionEffect.NameKept) {
            lastVerdict = null;
        } else {
            applyToLink(effect);
        }
    }

    private void applyToLink(CollisionEffect effect) {
        if (effect instanceof CollisionEffect.HoldLogon) {
            releaseLast = false;
            link.hold(true);
        } else if (effect instanceof CollisionEffect.ReleaseLogon) {
            releaseLast = true;
        } else if (effect instanceof CollisionEffect.QuietLogon quiet) {
            link.quietLogons(quiet.quiet());
        } else if (effect instanceof CollisionEffect.EndQuiet) {
            link.endQuiet();
        } else if (effect instanceof CollisionEffect.LogOn) {
            logOnLast = true;
        } else if (effect instanceof CollisionEffect.Yield yield) {
            standBy(yield.diagnosis());
        } else if (effect instanceof CollisionEffect.Retreat) {
            standBy(Objects.requireNonNull(lastVerdict, "a retreat follows a verdict"));
        } else if (effect instanceof CollisionEffect.Fail fail) {
            tell(fail.diagnosis());
            leave();
            link.fail(new NameCollisionException(fail.diagnosis()));
        } else if (effect instanceof CollisionEffect.Rename rename) {
            rename(rename.diagnosis());
        } else {
            throw new IllegalStateException("no such effect: " + effect);
        }
    }

    /** Tells a verdict; one that is followed at once is told once. */
    private void tell(CollisionDiagnosis diagnosis) {
        if (!diagnosis.equals(lastVerdict)) {
            lastVerdict = diagnosis;
            NameEvents.verdict(diagnosis);
            setup.listener().accept(diagnosis);
        }
    }

    private void standBy(CollisionDiagnosis diagnosis) {
        tell(diagnosis);
        leave();
        link.standBy(new NameCollisionException(diagnosis));
    }

    /** Whatever was to begin does not; a link that is up is left. */
    private void leave() {
        releaseLast = false;
        logOnLast = false;
        if (linkUp) {
            linkUp = false;
            waiting.add(new CollisionEvent.LinkLost(Loss.APPLICATION));
        }
    }

    /** The old name's machine has ended; what it left open is closed, and the new one begins with nothing. */
    private void rename(CollisionDiagnosis diagnosis) {
        tell(diagnosis);
        leave();
        waiting.clear();
        String before = logon.clientName();
        String after = ControlName.renamed(before, setup.stamp(), ++renamings);
        earlier = CompletableFuture.allOf(earlier, controls.closeAll());
        logon = logon.withClientName(after);
        machine = machineFor(after);
        controls = controlsFor(machine);
        model = CollisionModel.INITIAL;
        lastVerdict = null;
        LOG.warn(
                "HF-3011 client-renamed client_name={} old_name={} proof={}",
                Untrusted.escape(after),
                Untrusted.escape(before),
                diagnosis.proof().word());
        link.renamed(after);
    }

    /** One question at a time: the machine asks no other before this one is answered, in whatever way. */
    private void ask(long question, CollisionDiagnosis diagnosis) {
        CollisionMachine asking = machine;
        try {
            setup.delivery().execute(() -> {
                if (stopped) {
                    return; // nobody waits for the answer, and the end of the client would wait for the handler
                }
                CollisionEvent answer = answer(question, diagnosis);
                mailbox.accept(() -> {
                    if (machine == asking) {
                        feed(answer);
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            waiting.add(new CollisionEvent.DecisionFailed(question, "the delivery executor takes nothing more"));
        }
    }

    private CollisionEvent answer(long question, CollisionDiagnosis diagnosis) {
        try {
            Decision decision =
                    Objects.requireNonNull(setup.handler(), "a handler").decide(diagnosis);
            return decision == null
                    ? new CollisionEvent.DecisionFailed(question, "the handler answered null")
                    : new CollisionEvent.Decided(question, decision);
        } catch (RuntimeException | Error e) {
            LOG.error("HF-3012 collision-handler-failed client_name={}", Untrusted.escape(diagnosis.clientName()), e);
            return new CollisionEvent.DecisionFailed(question, String.valueOf(e));
        }
    }

    private static void say(CollisionCode code, String fields) {
        String line = code.code() + " " + code.title() + " " + fields;
        switch (code.level()) {
            case INFO -> LOG.info("{}", line);
            case WARN -> LOG.warn("{}", line);
            case ERROR -> LOG.error("{}", line);
        }
    }
}
