package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.internal.machine.Model.LinkState;
import io.holdfast.ha.internal.machine.Model.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step in the making: the next model, still changeable, and the effects so far. Lives for one event. */
final class Draft {

    final Policy policy;
    ClientState state;
    long link;
    LinkState linkState;
    int attempt;
    int delays;
    boolean sameEndpoint;
    long connectNanos;
    long outageSince;
    boolean outage;
    boolean held;
    boolean quietLogons;
    boolean quiet;

    @Nullable
    MessagingException failure;

    private final long nowNanos;
    private long lastId;
    private final Map<Purpose, Long> timers = new EnumMap<>(Purpose.class);
    private final List<Effect> effects = new ArrayList<>();

    Draft(Model model, long nowNanos) {
        this.nowNanos = nowNanos;
        policy = model.policy();
        state = model.state();
        link = model.link();
        linkState = model.linkState();
        lastId = model.lastId();
        timers.putAll(model.timers());
        attempt = model.attempt();
        delays = model.delays();
        sameEndpoint = model.sameEndpoint();
        connectNanos = model.connectNanos();
        outageSince = model.outageSince();
        outage = model.outage();
        held = model.held();
        quietLogons = model.quietLogons();
        quiet = model.quiet();
        failure = model.failure();
    }

    Step step() {
        return new Step(
                new Model(
                        policy,
                        state,
                        link,
                        linkState,
                        lastId,
                        timers,
                        attempt,
                        delays,
                        sameEndpoint,
                        connectNanos,
                        outageSince,
                        outage,
                        held,
                        quietLogons,
                        quiet,
                        failure),
                effects);
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    /** The one place that changes the state. */
    void change(
            ClientState to, @Nullable Disconnect disconnect, @Nullable MessagingException because, long delayNanos) {
        if (!Transitions.isLegal(state, to)) {
            throw new IllegalStateException("no way from " + state + " to " + to);
        }
        add(new Effect.Announce(state, to, disconnect, because, attempt, delayNanos));
        state = to;
    }

    /** The next attempt; if the last link is not gone yet, it begins with waiting for that. */
    void beginAttempt() {
        attempt = attempt == Integer.MAX_VALUE ? attempt : attempt + 1;
        change(ClientState.CONNECTING, null, null, 0);
        if (linkState == LinkState.NONE) {
            openLink();
        }
    }

    void beginOutage() {
        if (policy.reconnects()) {
            outage = true;
            outageSince = nowNanos;
            if (policy.maxOutageNanos() != Long.MAX_VALUE) {
                set(Purpose.OUTAGE, policy.maxOutageNanos());
            }
        }
    }

    void endOutage() {
        outage = false;
        cancel(Purpose.OUTAGE);
    }

    /** How long there has been no connection in use. */
    Duration outageSoFar() {
        return Duration.ofNanos(outage ? Math.max(0, nowNanos - outageSince) : 0);
    }

    /** Ends what there is; until it is gone there is no other. */
    void closeLink() {
        if (linkState == LinkState.OPENING) {
            add(new Effect.AbandonConnect(link));
        } else if (linkState == LinkState.OPEN) {
            add(new Effect.CloseLink(link));
        } else if (linkState == LinkState.NONE) {
            return;
        }
        linkState = LinkState.CLOSING;
        if (state != ClientState.CLOSED
                && !isSet(Purpose.CLOSE)) { // whoever closes the client has a deadline of his own
            set(Purpose.CLOSE, policy.closeNanos());
        }
    }

    void openLink() {
        quiet = quietLogons;
        link = ++lastId;
        linkState = LinkState.OPENING;
        add(new Effect.Connect(link, sameEndpoint, connectNanos));
        set(Purpose.ATTEMPT, connectNanos);
    }

    void noLink() {
        link = 0;
        linkState = LinkState.NONE;
    }

    void set(Purpose purpose, long nanos) {
        cancel(purpose);
        long timer = ++lastId;
        timers.put(purpose, timer);
        add(new Effect.SetTimer(timer, nanos));
    }

    void cancel(Purpose purpose) {
        Long timer = timers.remove(purpose);
        if (timer != null) {
            add(new Effect.CancelTimer(timer));
        }
    }

    boolean isSet(Purpose purpose) {
        return timers.containsKey(purpose);
    }

    void cancelAll() {
        for (Purpose purpose : Purpose.values()) {
            cancel(purpose);
        }
    }

    /** Takes out a timer that fired; {@code null} if it is not set any more. */
    @Nullable
    Purpose takeTimer(long timer) {
        for (Map.Entry<Purpose, Long> entry : timers.entrySet()) {
            if (entry.getValue() == timer) {
                Purpose purpose = entry.getKey();
                timers.remove(purpose);
                return purpose;
            }
        }
        return null;
    }
}
