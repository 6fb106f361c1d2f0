package io.holdfast.ha.interleaving;

import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** Results need not be those of some sequence of the operations: what must hold is said by the scenario's validation. */
public final class NothingButValidity implements Verifier {

    /** As Lincheck makes it. */
    public NothingButValidity(Class<?> sequentialSpecification) {}

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
        return true;
    }
}
