package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;
import io.holdfast.ha.internal.machine.Model.LinkState;
import io.holdfast.ha.internal.machine.Model.Purpose;
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
    boolean sameEndpoint;
    long connectNanos;
    long outageSince;
    boolean outage;

    @Nullable
    MessagingException failure;

    private long lastId;
    private final Map<Purpose, Long> timers = new EnumMap<>(Purpose.class);
    private final List<Effect> effects = new ArrayList<>();

    Draft(Model model) {
        policy = model.policy();
        state = model.state();
        link = model.link();
        linkState = model.linkState();
        lastId = model.lastId();
        timers.putAll(model.timers());
        attempt = model.attempt();
        sameEndpoint = model.sameEndpoint();
        connectNanos = model.connectNanos();
        outageSince = model.outageSince();
        outage = model.outage();
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
                        sameEndpoint,
                        connectNanos,
                        outageSince,
                        outage,
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

    void openLink() {
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

    boolean isSet(Purpose purpose) {
        return timers.containsKey(purpose);
    }

    void cancel(Purpose purpose) {
        Long timer = timers.remove(purpose);
        if (timer != null) {
            add(new Effect.CancelTimer(timer));
        }
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
