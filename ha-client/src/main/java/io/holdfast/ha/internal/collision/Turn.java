package io.holdfast.ha.internal.collision;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.collision.CollisionEvidence;
import io.holdfast.client.collision.StoreCounts;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.Preference;
import io.holdfast.ha.identity.IdentityStamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model while one event is worked on, and the effects so far: lives for one call of the machine. */
final class Turn {

    private static final int MAX_EVIDENCE = 24;

    final CollisionSetup setup;
    final CollisionOptions options;
    final Moment moment;
    final long now;
    final List<CollisionEffect> effects = new ArrayList<>();

    CollisionState state;

    @Nullable
    Moment since;

    boolean loggedOnSince;
    Link link;
    Penalties penalties;
    Series series;
    final List<Control> controls;
    long lastControl;
    Sight sight;

    @Nullable
    Judgement judgement;

    boolean held;

    @Nullable
    Finding finding;

    Quiet quiet;

    @Nullable
    Waiting waiting;

    @Nullable
    Holder holder;

    @Nullable
    Question question;

    long lastQuestion;
    long silentAt;
    final List<CollisionEvidence> evidence;
    Speech speech;
    StoreCounts stores;

    Turn(CollisionSetup setup, CollisionModel from, Moment moment) {
        this.setup = setup;
        this.options = setup.options();
        this.moment = moment;
        this.now = moment.nanos();
        state = from.state();
        since = from.since();
        loggedOnSince = from.loggedOnSince();
        link = from.link();
        penalties = from.penalties();
        series = from.series();
        controls = new ArrayList<>(from.controls());
        lastControl = from.lastControl();
        sight = from.sight();
        judgement = from.judgement();
        held = from.held();
        finding = from.finding();
        quiet = from.quiet();
        waiting = from.waiting();
        holder = from.holder();
        question = from.question();
        lastQuestion = from.lastQuestion();
        silentAt = from.silentAt();
        evidence = new ArrayList<>(from.evidence());
        speech = from.speech();
        stores = from.stores();
    }

    Step step(long wakeAt) {
        return new Step(
                new CollisionModel(
                        state,
                        since,
                        loggedOnSince,
                        link,
                        penalties,
                        series,
                        controls,
                        lastControl,
                        sight,
                        judgement,
                        held,
                        finding,
                        quiet,
                        waiting,
                        holder,
                        question,
                        lastQuestion,
                        silentAt,
                        evidence,
                        speech,
                        stores),
                effects,
                wakeAt);
    }

    void effect(CollisionEffect effect) {
        effects.add(effect);
    }

    void evidence(CollisionEvidence.Kind kind, double weight, String detail) {
        if (evidence.size() == MAX_EVIDENCE) {
            evidence.remove(0);
        }
        evidence.add(new CollisionEvidence(moment.wall(), kind, weight, detail));
    }

    void hold() {
        if (!held) {
            held = true;
            effect(new CollisionEffect.HoldLogon());
        }
    }

    void release() {
        judgement = null;
        if (held) {
            held = false;
            effect(new CollisionEffect.ReleaseLogon());
        }
    }

    /** Whether a line would be said now. */
    boolean maySay(CollisionCode code, String subject) {
        return speech.mayRepeat(
                code.code() + subject, now, options.repeatAfter().toNanos());
    }

    /** Says a line, unless the same was said lately; then it is counted. */
    void say(CollisionCode code, String subject, String fields) {
        String key = code.code() + subject;
        if (!speech.mayRepeat(key, now, options.repeatAfter().toNanos())) {
            speech = speech.leavingOut(key);
            return;
        }
        int leftOut = speech.leftOut(key);
        speech = speech.saying(key, now);
        effect(new CollisionEffect.Say(code, leftOut == 0 ? fields : fields + " left_out=" + leftOut));
    }

    /** The name and the server: how every line but a verdict's begins. */
    String who() {
        return "client_name=" + Untrusted.escape(setup.clientName()) + " server=" + server();
    }

    String server() {
        return link.endpoint() == null ? "-" : link.endpoint().address();
    }

    /** What a logon of ours tells now. */
    IdentityStamp ownStamp() {
        IdentityStamp stamp = setup.stamp();
        boolean tells = stamp.establishedSince() != null;
        return stamp.withEstablishedSince(tells && since != null ? since.wall() : null)
                .withPrefersNewest(options.prefer() == Preference.NEWEST);
    }

    boolean isSenior() {
        return since != null
                && now - since.nanos() >= options.detection().seniority().toNanos();
    }

    long coincidence() {
        return options.detection().coincidence().toNanos();
    }

    /** How long a session must last for the name to be ours. */
    long wonAfter() {
        long least = options.standby().wonAfter().toNanos();
        return Math.max(least, series.longest() * options.standby().wonFactor());
    }

    /** Whether a standby does not watch, by its policy or by the application's answer. */
    boolean probesOnly() {
        return options.policy() == CollisionPolicy.BACK_OFF || (waiting != null && waiting.probesOnly());
    }

    /** Until when an answer of the application counts. */
    long askedUntil() {
        return question == null ? Step.NEVER : question.until();
    }

    Waiting waiting() {
        return requireNonNull(waiting, "waiting");
    }

    @Nullable
    Control controlOfLink() {
        Endpoint endpoint = link.endpoint();
        return endpoint == null ? null : controlAt(endpoint);
    }

    @Nullable
    Control controlAt(Endpoint endpoint) {
        for (Control control : controls) {
            if (control.endpoint().equals(endpoint)) {
                return control;
            }
        }
        return null;
    }

    @Nullable
    Control control(long id) {
        for (Control control : controls) {
            if (control.id() == id) {
                return control;
            }
        }
        return null;
    }

    void replace(Control old, Control fresh) {
        controls.set(controls.indexOf(old), fresh);
    }

    static String millis(long nanos) {
        return Long.toString(Duration.ofNanos(nanos).toMillis());
    }
}
