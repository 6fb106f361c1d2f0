package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stories about the collision machine are told with: a clock that is moved by hand, one of our clients, one rival. */
abstract class MachineStory {

    static final Endpoint SERVER = Endpoint.parse("tcp://amps1:9007/amps/json");
    static final Instant ORIGIN = Instant.parse("2026-01-01T09:00:00Z");
    static final IdentityStamp OURS = IdentityStamp.ofNonce("8888888888888888");
    static final String STRONGER = stamp("1111111111111111");
    static final String WEAKER = stamp("ffffffffffffffff");

    final List<CollisionEffect> effects = new ArrayList<>();
    CollisionMachine machine = machine(CollisionOptions.DEFAULTS, false);
    CollisionModel model = CollisionModel.INITIAL;
    long nanos;
    long wakeAt = Step.NEVER;

    final void evictions(int count) {
        for (int i = 0; i < count; i++) {
            logOn();
            lose();
        }
    }

    final void suspectedAndWatching() {
        evictions(3);
        feed(new CollisionEvent.ControlUp(controlId()));
        feed(new CollisionEvent.ControlReadable(controlId()));
    }

    /** Evicted by the stronger rival, with everything readable. */
    final void standingBy() {
        suspectedAndWatching();
        logOnSeen();
        rivalLogsOn(STRONGER);
        lose();
    }

    final void logOn() {
        pass(Duration.ofMillis(100));
        feed(new CollisionEvent.LogonStarted(SERVER));
        feed(new CollisionEvent.LoggedOn(false));
    }

    final void logOnSeen() {
        logOn();
        status(StatusEvent.Kind.LOGON, OURS.toCorrelationId().value(), "own", null);
    }

    final void rivalLogsOn(String stamp) {
        status(StatusEvent.Kind.LOGON, stamp, "rival", null);
    }

    final void lose() {
        pass(Duration.ofMillis(50));
        feed(new CollisionEvent.LinkLost(Loss.PEER));
    }

    final void status(StatusEvent.Kind kind, String id, String connection, @Nullable String reason) {
        status(controlId(), kind, id, connection, reason);
    }

    final void status(long control, StatusEvent.Kind kind, String id, String connection, @Nullable String reason) {
        feed(new CollisionEvent.StatusSeen(
                control, new StatusEvent(kind, "orders", connection, "10.0.0.1:1", id, reason)));
    }

    final long controlId() {
        List<CollisionEffect.OpenControl> opened = all(CollisionEffect.OpenControl.class);
        return opened.get(opened.size() - 1).control();
    }

    /** The control that was opened last to this server. */
    final long controlAt(Endpoint server) {
        return all(CollisionEffect.OpenControl.class).stream()
                .filter(open -> open.endpoint().equals(server))
                .reduce((older, newer) -> newer)
                .orElseThrow()
                .control();
    }

    final void watchingAt(Endpoint server) {
        feed(new CollisionEvent.ControlUp(controlAt(server)));
        feed(new CollisionEvent.ControlReadable(controlAt(server)));
    }

    final void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (wakeAt <= end) {
            nanos = Math.max(nanos, wakeAt);
            feed(new CollisionEvent.Woken());
        }
        nanos = end;
    }

    final void feed(CollisionEvent event) {
        Step step = machine.on(model, event, new Moment(nanos, ORIGIN.plusNanos(nanos), 0.5));
        assertThat(step.wakeAt())
                .as("a time that has passed is no time to wake at")
                .isGreaterThan(nanos);
        model = step.model();
        wakeAt = step.wakeAt();
        effects.addAll(step.effects());
    }

    final <T extends CollisionEffect> List<T> all(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    final List<String> said() {
        return all(CollisionEffect.Say.class).stream()
                .map(say -> say.code().code())
                .toList();
    }

    static String stamp(String nonce) {
        return IdentityStamp.ofNonce(nonce).toCorrelationId().value();
    }

    static CollisionMachine machine(CollisionOptions options, boolean hasStores) {
        return machine(options, hasStores, List.of(SERVER));
    }

    static CollisionMachine machine(CollisionOptions options, boolean hasStores, List<Endpoint> servers) {
        return new CollisionMachine(
                new CollisionSetup("orders", OURS, NameSource.EXPLICIT, hasStores, servers, options));
    }
}
