package io.holdfast.broker.internal.topic;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a subscription that mean something here. Options that would change <em>what</em> is delivered and that we do not have
 * are refused rather than ignored; those that only concern stored records have no effect.
 *
 * @param replace whether an active subscription of this id is replaced
 * @param literal whether the topic is never a regular expression ({@code non_regex_topic})
 * @param bookmarks whether messages carry their bookmark
 * @param timestamps whether messages carry the time they were processed
 * @param live whether a bookmark subscription gets messages before they are durable
 * @param pause whether a bookmark subscription is to be held
 * @param resume whether bookmark subscriptions are to go on
 * @param notFound what an unknown bookmark means
 * @param rawUnsupported the first option that we refuse, if there is one
 */
public record SubscribeOptions(
        boolean replace,
        boolean literal,
        boolean bookmarks,
        boolean timestamps,
        boolean live,
        boolean pause,
        boolean resume,
        NotFound notFound,
        @Nullable String rawUnsupported) {

    private static final Set<String> UNSUPPORTED =
            Set.of("select", "conflation", "conflation_key", "grouping", "projection", "top_n", "skip_n", "rate");

    static SubscribeOptions parse(@Nullable String list) {
        Set<String> words = new HashSet<>();
        NotFound notFound = NotFound.NOW;
        String unsupported = null;
        for (String option : list == null ? new String[0] : list.split(",", -1)) {
            String word = option.strip();
            words.add(word);
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            boolean refused = UNSUPPORTED.contains(name) && !word.equals("conflation=none");
            if (name.equals("bookmark_not_found")) {
                switch (word.substring(name.length())) {
                    case "=epoch" -> notFound = NotFound.EPOCH;
                    case "=now" -> notFound = NotFound.NOW;
                    case "=fail" -> notFound = NotFound.FAIL;
                    default -> refused = true;
                }
            }
            if (refused && unsupported == null) {
                unsupported = name;
            }
        }
        return new SubscribeOptions(
                words.contains("replace"),
                words.contains("non_regex_topic"),
                words.contains("bookmark"),
                words.contains("timestamp"),
                words.contains("live"),
                words.contains("pause"),
                words.contains("resume"),
                notFound,
                unsupported);
    }
}
