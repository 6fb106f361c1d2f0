package io.holdfast.ha.internal.collision;

import java.util.List;

/**
 * What comes of an event.
 *
 * @param model the new state
 * @param effects what to do, in order
 * @param wakeAt the monotonic time at which to send {@link CollisionEvent.Woken}, in the place of any time told before;
 *     {@link #NEVER} for none
 */
public record Step(CollisionModel model, List<CollisionEffect> effects, long wakeAt) {

    /** No time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Copies the list. */
    public Step {
        effects = List.copyOf(effects);
    }
}
