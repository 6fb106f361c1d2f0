package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.CollisionEvidence;
import io.holdfast.client.collision.StoreCounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about a name, between two events. Immutable.
 *
 * @param state where the name stands
 * @param since since when we have it; {@code null} while we do not
 * @param loggedOnSince whether we logged on since then
 * @param link the connection under the name
 * @param penalties how suspicious ended sessions make us
 * @param series the sessions that ended, until one is held
 * @param controls the connections under other names
 * @param lastControl the id given last
 * @param sight what status events have shown
 * @param judgement a session's end that is not judged yet; {@code null} if none
 * @param held whether logons are held back for it
 * @param finding the verdict; {@code null} if none
 * @param quiet the test by a quiet logon
 * @param waiting the standby; {@code null} if not in it
 * @param holder another process that has the name, as far as seen; {@code null} if none is
 * @param question what the application was asked and has not answered; {@code null} if nothing
 * @param lastQuestion the id given last
 * @param silentAt when a second logon that evicted nobody counts as a silent collision
 * @param evidence what happened, oldest first, bounded
 * @param speech what was said lately
 * @param stores what the publish store held last
 */
public record CollisionModel(
        CollisionState state,
        @Nullable Moment since,
        boolean loggedOnSince,
        Link link,
        Penalties penalties,
        Series series,
        List<Control> controls,
        long lastControl,
        Sight sight,
        @Nullable Judgement judgement,
        boolean held,
        @Nullable Finding finding,
        Quiet quiet,
        @Nullable Waiting waiting,
        @Nullable Holder holder,
        @Nullable Question question,
        long lastQuestion,
        long silentAt,
        List<CollisionEvidence> evidence,
        Speech speech,
        StoreCounts stores) {

    /** A client that has not begun. */
    public static final CollisionModel INITIAL = new CollisionModel(
            CollisionState.NONE,
            null,
            false,
            Link.NONE,
            Penalties.none(0),
            Series.NONE,
            List.of(),
            0,
            Sight.NONE,
            null,
            false,
            null,
            Quiet.NONE,
            null,
            null,
            null,
            0,
            Step.NEVER,
            List.of(),
            Speech.SILENT,
            StoreCounts.NONE);

    /** Copies the lists. */
    public CollisionModel {
        controls = List.copyOf(controls);
        evidence = List.copyOf(evidence);
    }

    /** Since when we have the name, as the stamp of the next logon is to say it; {@code null} while we do not. */
    public @Nullable Instant establishedSince() {
        return since == null ? null : since.wall();
    }

    /** The penalty for quick loops, as of the last event: for metrics. */
    public double fastPenalty() {
        return penalties.fast();
    }

    /** The penalty for slow loops, as of the last event: for metrics. */
    public double slowPenalty() {
        return penalties.slow();
    }
}
