package io.holdfast.ha.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.ha.internal.machine.Model.LinkState;
import io.holdfast.ha.internal.machine.Model.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A walk over the machine: any event at any time, right ones and stale ones, and everything that must hold after each. */
final class Walk {

    static final Policy ALWAYS = new Policy("c", true, Long.MAX_VALUE, Long.MAX_VALUE, 60_000, 5_000);
    /** A peer that is dead, or no broker. */
    private static final Set<DisconnectCause> LEFT_FOR_ANOTHER =
            Set.of(DisconnectCause.HEARTBEAT_TIMEOUT, DisconnectCause.PROTOCOL_ERROR);

    private static final Endpoint SERVER = Endpoint.parse("tcp://a:1/amps");
    private final MessagingException failure =
            new ConnectFailedException(SERVER, ConnectFailedException.Stage.TCP, "refused", null);

    private final Random random;
    private Model model;
    private long now;

    /** What the world holds: the link that may be answered, the timers that are set. */
    private final Set<Long> links = new HashSet<>();

    private final Set<Long> timers = new HashSet<>();
    /** An attempt that was forgotten without an answer: its failure is still to be told. */
    private long owed;

    private int ended;

    /** Whether the last link was one that its peer ended after a good logon, or the name is wanted where it was. */
    private boolean sameEndpoint;

    final Set<String> edges = new HashSet<>();
    final Set<String> eventsSeen = new HashSet<>();

    Walk(long seed) {
        random = new Random(seed);
        model = Model.idle(policy(Math.floorMod(seed, 4))); // not the first number: those of near seeds agree
    }

    private Policy policy(int kind) {
        return switch (kind) {
            case 0 -> new Policy("c", false, Long.MAX_VALUE, Long.MAX_VALUE, 60_000, 5_000);
            case 1 -> new Policy("c", true, 1 + random.nextInt(6), Long.MAX_VALUE, 60_000, 5_000);
            case 2 -> new Policy("c", true, Long.MAX_VALUE, 1_000, 60_000, 5_000);
            default -> ALWAYS;
        };
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            now += random.nextInt(1_000);
            step(any());
        }
    }

    private Event any() {
        // the ends are rare, or no walk would come far
        int kind = random.nextInt(100);
        if (kind == 0) {
            return random.nextInt(4) == 0 ? new Event.Close() : new Event.Fatal(failure);
        }
        long delay = random.nextInt(20) == 0 ? Long.MIN_VALUE : random.nextInt(1_000);
        if (kind < 10) {
            return ofTheName();
        }
        return switch (kind % 9) {
            case 0 -> new Event.Start(random.nextInt(10_000));
            case 1 -> new Event.Connected(link());
            case 2 -> new Event.ConnectFailed(link(), failure, delay);
            case 3 -> new Event.Resumed(link());
            case 4 -> new Event.ResumeFailed(link(), failure, delay);
            case 5 -> new Event.LinkLost(link(), lost(), delay);
            case 6 -> new Event.TimerFired(timer());
            case 7 -> new Event.ReconnectNow();
            default -> random.nextInt(10) == 0 ? new Event.Abandon(failure) : new Event.TimerFired(timer());
        };
    }

    /** What the watch over the name may want at any time; only a client that reconnects has one. */
    private Event ofTheName() {
        if (!model.policy().reconnects()) {
            return new Event.ReconnectNow();
        }
        return switch (random.nextInt(8)) {
            case 0 -> new Event.HoldLogons(true);
            case 1, 2 -> new Event.HoldLogons(false);
            case 3 -> new Event.QuietLogons(random.nextBoolean());
            case 4 -> new Event.EndQuiet();
            case 5 -> new Event.StandBy(failure);
            case 6 -> new Event.LogOn();
            default -> new Event.StartAnew();
        };
    }

    private long link() {
        return random.nextInt(5) == 0 || model.link() == 0 ? stale() : model.link();
    }

    private long timer() {
        List<Long> set = new ArrayList<>(model.timers().values());
        return random.nextInt(5) == 0 || set.isEmpty() ? stale() : set.get(random.nextInt(set.size()));
    }

    /** An id of the past, of the future, or of the other kind. */
    private long stale() {
        return random.nextInt((int) model.lastId() + 3);
    }

    private Disconnect lost() {
        DisconnectCause[] causes = DisconnectCause.values();
        return new Disconnect(SERVER, "c", causes[random.nextInt(causes.length)], null, Duration.ZERO);
    }

    void step(Event event) {
        Model before = model;
        Step step = HaMachine.on(before, event, now);
        model = step.model();
        boolean current = isCurrent(before, event);
        see(before, event, current);
        if (!current) {
            assertThat(step).as("a stale %s", event).isEqualTo(new Step(before, List.of()));
        }
        followLink(before, event);
        if (event instanceof Event.TimerFired fired) {
            timers.remove(fired.timer());
        }
        ClientState state = before.state();
        for (Effect effect : step.effects()) {
            state = follow(effect, state);
        }
        assertThat(state).as("the announced state").isEqualTo(model.state());
        check(before, event);
        checkCounts(before, event, step.effects());
        checkEndpoint(before, event, step.effects());
        checkGivingUp(before, event);
    }

    /** Each event is met in each state, as one that counts and as a stale one; those of links at each stage of a link, too. */
    private void see(Model before, Event event, boolean current) {
        String stale = current ? "" : " stale";
        String name = event.getClass().getSimpleName();
        if (current && event instanceof Event.TimerFired fired) {
            eventsSeen.add(before.state() + " " + purpose(before, fired));
            return;
        }
        eventsSeen.add(before.state() + " " + name + stale);
        if (current && linkOf(event) != null) {
            eventsSeen.add(before.linkState() + " " + name);
        }
    }

    private static Purpose purpose(Model before, Event.TimerFired fired) {
        return before.timers().entrySet().stream()
                .filter(entry -> entry.getValue() == fired.timer())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isCurrent(Model before, Event event) {
        if (event instanceof Event.TimerFired fired) {
            return before.timers().containsValue(fired.timer());
        }
        Long link = linkOf(event);
        return link == null || (before.linkState() != LinkState.NONE && link == before.link());
    }

    static Long linkOf(Event event) {
        if (event instanceof Event.Connected connected) {
            return connected.link();
        }
        if (event instanceof Event.ConnectFailed failed) {
            return failed.link();
        }
        if (event instanceof Event.Resumed resumed) {
            return resumed.link();
        }
        if (event instanceof Event.ResumeFailed failed) {
            return failed.link();
        }
        return event instanceof Event.LinkLost lost ? lost.link() : null;
    }

    /** A world that answers has nothing left of the link. */
    private void followLink(Model before, Event event) {
        boolean gone = (event instanceof Event.ConnectFailed && before.linkState() != LinkState.OPEN)
                || (event instanceof Event.LinkLost && before.linkState() != LinkState.OPENING);
        if (gone) {
            links.remove(linkOf(event));
        }
    }

    private ClientState follow(Effect effect, ClientState state) {
        if (effect instanceof Effect.Connect connect) {
            assertThat(links).as("links when another is opened").isEmpty();
            links.add(connect.link());
        } else if (effect instanceof Effect.ForgetLink forget) {
            if (model.link() == forget.link()) {
                owed = forget.link();
            } else {
                links.remove(forget.link());
            }
        } else if (effect instanceof Effect.AbandonConnect abandon) {
            assertThat(links).contains(abandon.link());
        } else if (effect instanceof Effect.CloseLink close) {
            assertThat(links).contains(close.link());
        } else if (effect instanceof Effect.Resume resume) {
            assertThat(links).contains(resume.link());
        } else if (effect instanceof Effect.SetTimer set) {
            assertThat(set.nanos()).isNotNegative();
            assertThat(timers.add(set.timer())).as("timer %s is new", set).isTrue();
        } else if (effect instanceof Effect.CancelTimer cancel) {
            assertThat(timers.remove(cancel.timer()))
                    .as("%s of one that is set", cancel)
                    .isTrue();
        } else if (effect instanceof Effect.Ended) {
            ended++;
        } else if (effect instanceof Effect.Announce announce) {
            assertThat(announce.from()).isEqualTo(state);
            edges.add(announce.from() + ">" + announce.to());
            return announce.to();
        }
        return state;
    }

    private void check(Model before, Event event) {
        ClientState state = model.state();
        assertThat(links).as("links").hasSizeLessThanOrEqualTo(1);
        assertThat(links).isEqualTo(model.linkState() == LinkState.NONE ? Set.of() : Set.of(model.link()));
        assertThat(timers).as("timers").isEqualTo(new HashSet<>(model.timers().values()));
        if (before.state() == ClientState.CLOSED) {
            assertThat(state).isEqualTo(ClientState.CLOSED);
        }
        if (before.state() == ClientState.FAILED && !(event instanceof Event.Close)) {
            assertThat(state).isEqualTo(ClientState.FAILED);
        }
        boolean open = state == ClientState.RESUMING || state.isConnected();
        assertThat(model.linkState() == LinkState.OPEN).as("open in %s", state).isEqualTo(open);
        boolean delayed = model.timers().containsKey(Purpose.BACKOFF);
        assertThat(delayed || (model.held() && state == ClientState.BACKOFF)).isEqualTo(state == ClientState.BACKOFF);
        assertThat(model.timers().containsKey(Purpose.STABLE)).isEqualTo(state == ClientState.PROBATION);
        if (model.timers().containsKey(Purpose.ATTEMPT)) {
            assertThat(state).isEqualTo(ClientState.CONNECTING);
            assertThat(model.linkState()).isEqualTo(LinkState.OPENING);
        }
        if (state == ClientState.CONNECTING || model.linkState() == LinkState.CLOSING) {
            assertThat(state.isTerminal() || !model.timers().isEmpty() || owed == model.link())
                    .as("something brings %s on", model)
                    .isTrue();
        }
        if (state == ClientState.STANDBY) {
            assertThat(model.timers().keySet()).isSubsetOf(Set.of(Purpose.CLOSE));
            assertThat(model.held()).isFalse();
        }
        if (model.linkState() == LinkState.CLOSING && state != ClientState.CLOSED) {
            assertThat(model.timers())
                    .as("the wait for the old link in %s ends", state)
                    .containsKey(Purpose.CLOSE);
        } else if (state.isTerminal()) {
            assertThat(model.timers()).isEmpty();
        }
        assertThat(ended).isEqualTo(state.isTerminal() && model.linkState() == LinkState.NONE ? 1 : 0);
    }

    /** Attempts and delays are counted one by one, and begin anew with a stable session, when it stands by, under another name, and with a start. */
    private void checkCounts(Model before, Event event, List<Effect> effects) {
        boolean anew = beginsAnew(before, event);
        long begun = announced(effects, ClientState.CONNECTING);
        long delayed = event instanceof Event.StartAnew ? 0 : announced(effects, ClientState.BACKOFF);
        assertThat(model.attempt()).as("attempts").isEqualTo((anew ? 0 : before.attempt()) + (int) begun);
        assertThat(model.delays()).as("delays").isEqualTo((anew ? 0 : before.delays()) + (int) delayed);
        assertThat((long) model.attempt())
                .as("attempts")
                .isLessThanOrEqualTo(model.policy().maxAttempts());
    }

    private static long announced(List<Effect> effects, ClientState to) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Announce announce && announce.to() == to)
                .count();
    }

    private static boolean beginsAnew(Model before, Event event) {
        if (event instanceof Event.TimerFired fired) {
            return isCurrent(before, event) && purpose(before, fired) == Purpose.STABLE;
        }
        boolean leaves = event instanceof Event.StandBy || event instanceof Event.StartAnew;
        boolean tries = before.state() != ClientState.IDLE
                && before.state() != ClientState.STANDBY
                && !before.state().isTerminal();
        return (leaves && tries) || (event instanceof Event.Start && before.state() == ClientState.IDLE);
    }

    /**
     * The next attempt goes where the last one went if its peer ended a session there, or the name is wanted again; else the
     * selector is asked, and told before what became of the last one.
     */
    private void checkEndpoint(Model before, Event event, List<Effect> effects) {
        List<Class<?>> told = new ArrayList<>(); // of what; Void for success
        if (isCurrent(before, event)) {
            follow(before, event, told);
        }
        assertThat(effects.stream()
                        .filter(Effect.TellSelector.class::isInstance)
                        .map(effect -> ((Effect.TellSelector) effect).failure())
                        .<Class<?>>map(each -> each == null ? Void.class : each.getClass()))
                .as("what the selector is told")
                .isEqualTo(told);
        assertThat(model.sameEndpoint()).as("whether it stays").isEqualTo(sameEndpoint);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Connect connect) {
                assertThat(connect.same()).as("whether it stays").isEqualTo(sameEndpoint);
            }
        }
    }

    private void follow(Model before, Event event, List<Class<?>> told) {
        boolean terminal = before.state().isTerminal();
        if (event instanceof Event.ConnectFailed && before.linkState() == LinkState.OPENING) {
            told.add(ConnectFailedException.class);
            sameEndpoint = false;
        } else if (event instanceof Event.Resumed && before.state() == ClientState.RESUMING) {
            told.add(Void.class);
        } else if (event instanceof Event.ResumeFailed && before.state() == ClientState.RESUMING) {
            told.add(ConnectFailedException.class);
            sameEndpoint = false;
        } else if (event instanceof Event.LinkLost lost && before.linkState() == LinkState.OPEN) {
            sameEndpoint = !LEFT_FOR_ANOTHER.contains(lost.disconnect().cause());
            if (!sameEndpoint) {
                told.add(DisconnectedException.class);
            }
        } else if (event instanceof Event.LogOn && before.state() == ClientState.STANDBY) {
            sameEndpoint = true;
        } else if (event instanceof Event.StartAnew && before.state() != ClientState.IDLE && !terminal) {
            sameEndpoint = true;
        }
    }

    /** It fails of itself where attempts or the outage have come to their end, and there only. */
    private void checkGivingUp(Model before, Event event) {
        if (before.state() == ClientState.FAILED || model.state() != ClientState.FAILED) {
            return;
        }
        if (event instanceof Event.Fatal) {
            assertThat(model.failure()).isSameAs(failure);
            return;
        }
        boolean outage = event instanceof Event.TimerFired fired && purpose(before, fired) == Purpose.OUTAGE;
        boolean attempts = model.attempt() == model.policy().maxAttempts();
        assertThat(outage || attempts).as("it gives up for a reason").isTrue();
        assertThat(model.failure()).isInstanceOf(ReconnectGaveUpException.class);
    }

    Model model() {
        return model;
    }
}
