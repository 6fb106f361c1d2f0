package io.holdfast.client.collision;

/**
 * The application's own decision about a collision, for the policy {@code callback}.
 *
 * <p>Called on the client's delivery executor, once for each verdict by which the name is lost. Until it answers, the client
 * does not log on; if it throws, or answers later than the configured limit, the client stands by and says so.
 */
@FunctionalInterface
public interface CollisionHandler {

    /**
     * What to do.
     *
     * @param diagnosis everything that was found out
     * @return {@link Decision#STAY} to fight for the name, which evicts the other program, and so on
     */
    Decision decide(CollisionDiagnosis diagnosis);
}
