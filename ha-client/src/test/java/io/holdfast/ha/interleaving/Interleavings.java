package io.holdfast.ha.interleaving;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * How concurrent parts are looked at: Lincheck takes scenarios of a class's operations and runs each under many interleavings that
 * it chooses itself, switching threads at every shared read and write, so that a failure is found without luck and printed as
 * the schedule that led to it. {@code -Dholdfast.interleavings.scenarios} is how many scenarios, {@code
 * -Dholdfast.interleavings.schedules} how many schedules of each.
 */
public final class Interleavings {

    /** What runs in a JVM of its own, since the classes are instrumented. */
    public static final String TAG = "interleaving";

    private Interleavings() {}

    /** Checks a class that names its operations, and what must hold when they have returned. */
    public static void check(Class<?> scenario) {
        new ModelCheckingOptions()
                .iterations(Integer.getInteger("holdfast.interleavings.scenarios", 5))
                .invocationsPerIteration(Integer.getInteger("holdfast.interleavings.schedules", 100))
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .verifier(NothingButValidity.class)
                .check(scenario);
    }
}
