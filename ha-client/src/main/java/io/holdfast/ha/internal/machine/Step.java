package io.holdfast.ha.internal.machine;

import java.util.List;

/**
 * What an event leads to.
 *
 * @param model the state of things from now on
 * @param effects what is to be done, in order
 */
public record Step(Model model, List<Effect> effects) {

    /** Copies the list. */
    public Step {
        effects = List.copyOf(effects);
    }
}
