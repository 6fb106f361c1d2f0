package io.holdfast.broker.internal.topic;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a subscription that mean something here. Options that would change <em>what</em> is delivered and that we do not have
 * are refused rather than ignored; those that only concern stored records or replay have no effect on a live subscription.
 *
 * @param replace whether an active subscription of this id is replaced
 * @param literal whether the topic is never a regular expression ({@code non_regex_topic})
 * @param bookmarks whether messages carry their bookmark
 * @param timestamps whether messages carry the time they were processed
 * @param rawUnsupported the first option that we refuse, if there is one
 */
record SubscribeOptions(
        boolean replace,
        boolean literal,
        boolean bookmarks,
        boolean timestamps,
        @Nullable String rawUnsupported) {

    private static final Set<String> UNSUPPORTED = Set.of(
            "pause",
            "resume",
            "select",
            "conflation",
            "conflation_key",
            "grouping",
            "projection",
            "top_n",
            "skip_n",
            "rate");

    static SubscribeOptions parse(@Nullable String list) {
        List<String> options = list == null ? List.of() : List.of(list.split(",", -1));
        boolean replace = false;
        boolean literal = false;
        boolean bookmarks = false;
        boolean timestamps = false;
        String unsupported = null;
        for (String option : options) {
            String word = option.strip();
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            switch (name) {
                case "replace" -> replace = true;
                case "non_regex_topic" -> literal = true;
                case "bookmark" -> bookmarks = true;
                case "timestamp" -> timestamps = true;
                default -> {
                    if (unsupported == null && UNSUPPORTED.contains(name) && !word.equals("conflation=none")) {
                        unsupported = name;
                    }
                }
            }
        }
        return new SubscribeOptions(replace, literal, bookmarks, timestamps, unsupported);
    }
}
