package io.holdfast.ha.sim;

/** A run that cannot go on. */
final class SimulationFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulationFailure(String message) {
        super(message);
    }
}
