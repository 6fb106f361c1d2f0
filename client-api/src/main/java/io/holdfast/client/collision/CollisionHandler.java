package io.holdfast.client.collision;

/**
 * The application's own decision about a collision, for the policy {@code callback}.
 *
 * <p>Called on the client's delivery executor, at each verdict by which the name is lost, and at a silent collision. Until it
 * answers, a client that lost its name stands by, and one in a silent collision stays connected. So it remains, and HF-3010 says so, if the
 * answer takes longer than {@code holdfast.collision.callback-timeout} (5 s), is {@code null}, or if it throws (HF-3012). It is asked one
 * question at a time: a verdict that falls before it has answered brings none (HF-3010), and an answer that comes too late, or after
 * {@link io.holdfast.client.Client#takeOver}, is ignored.
 */
@FunctionalInterface
public interface CollisionHandler {

    /**
     * What to do.
     *
     * @param diagnosis everything that was found out
     * @return {@link Decision#STAY} to log on again at once, which evicts the other program, and to bear
     *     {@code holdfast.collision.winner-bears} (3) evictions before standing by again, or in a silent collision to go on as it is;
     *     {@link Decision#RENAME} cannot be followed by a client with a publish store, which stands by, or stays
     *     connected at a silent collision (HF-3010)
     */
    Decision decide(CollisionDiagnosis diagnosis);
}
