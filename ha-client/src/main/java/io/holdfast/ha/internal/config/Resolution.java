package io.holdfast.ha.internal.config;

import io.holdfast.client.error.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the layers.
 *
 * @param prefix the first part of every key
 * @param settings the effective values by key, in the order of {@link KeyTable#ALL}; a key without a value is absent
 * @param problems everything that is wrong
 * @param unknownVariables environment variables that begin like ours and are none, sorted
 * @param bound the values as records; {@code null} exactly if there are problems
 */
public record Resolution(
        String prefix,
        Map<Key, Setting> settings,
        List<Problem> problems,
        List<String> unknownVariables,
        @Nullable Settings bound) {

    private static final int SHOWN = 20;

    /** The unknown variables as a log line may hold them: escaped, and not without end. */
    public List<String> shownUnknownVariables() {
        List<String> shown = new ArrayList<>();
        unknownVariables.stream().limit(SHOWN).map(Untrusted::escape).forEach(shown::add);
        if (unknownVariables.size() > SHOWN) {
            shown.add("and " + (unknownVariables.size() - SHOWN) + " more");
        }
        return shown;
    }
}
