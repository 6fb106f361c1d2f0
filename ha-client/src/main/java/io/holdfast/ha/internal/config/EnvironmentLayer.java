package io.holdfast.ha.internal.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the keys in environment variables.
 *
 * <p>{@code HOLDFAST_CLIENT_NAME_TEMPLATE} alone does not say which of its {@code _} are dots and which dashes; so names are
 * made from the known keys and looked up, never taken apart. A variable that begins like ours and is none is not an error,
 * since others set some too: an orchestrator sets {@code HOLDFAST_SERVICE_HOST} for every container near a service of that
 * name. It is told, since it may as well be a typo. An empty variable counts as not set: that is how tools pass on what they
 * were not given.
 *
 * @param assignments what was found, by whole key
 * @param unknown names that are none of ours, sorted, with the one that was probably meant
 */
record EnvironmentLayer(List<Assignment> assignments, List<String> unknown) {

    static EnvironmentLayer of(Map<String, String> environment, String prefix) {
        Map<String, Key> known =
                KeyTable.ALL.stream().collect(toUnmodifiableMap(key -> key.variable(prefix), key -> key));
        String start = prefix.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        List<Assignment> assignments = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            Key key = known.get(name);
            if (key != null && !value.isBlank()) {
                assignments.add(new Assignment(key.under(prefix), value, Source.variable(name)));
            } else if (key == null && name.startsWith(start)) {
                Optional<Key> meant = NearestKey.to(name.substring(start.length()));
                unknown.add(
                        name + meant.map(k -> " (" + k.variable(prefix) + "?)").orElse(""));
            }
        });
        return new EnvironmentLayer(List.copyOf(assignments), List.copyOf(unknown));
    }
}
