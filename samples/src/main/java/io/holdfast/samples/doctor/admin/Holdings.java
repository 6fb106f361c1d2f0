package io.holdfast.samples.doctor.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that the admin ports answered; immutable.
 *
 * @param name the name asked for
 * @param holdings who holds it, in the order of the URLs; a connection seen through two URLs is listed once
 * @param failures URL to reason, for the ports that gave no answer
 */
public record Holdings(String name, List<Holding> holdings, Map<String, String> failures) {

    /** Lists each connection once. */
    public Holdings {
        List<Holding> distinct = new ArrayList<>();
        for (Holding each : holdings) {
            if (distinct.stream().noneMatch(each::isSameConnection)) {
                distinct.add(each);
            }
        }
        holdings = List.copyOf(distinct);
        failures = Map.copyOf(failures);
    }

    /** Whether two connections hold the name at once, which no broker ends: it is unique only within an instance with a log. */
    public boolean isSilentCollision() {
        return holdings.size() > 1;
    }

    /** Whether all of them are one process, by the nonce they logged on with. */
    public boolean isOneProcess() {
        return holdings.stream()
                                .map(each -> String.valueOf(each.party().nonce()))
                                .distinct()
                                .count()
                        == 1
                && holdings.stream().allMatch(each -> each.party().nonce() != null);
    }
}
