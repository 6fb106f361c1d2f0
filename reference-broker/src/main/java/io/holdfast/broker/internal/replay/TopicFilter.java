package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.topic.TopicPattern;
import java.util.HashMap;
import java.util.Map;

/** Whether a subscription wants a topic, remembered for a bounded number of topics: a log repeats its topics. */
final class TopicFilter {

    private static final int MOST_TOPICS = 256;

    private final TopicPattern pattern;
    private final Map<String, Boolean> known = new HashMap<>();

    TopicFilter(TopicPattern pattern) {
        this.pattern = pattern;
    }

    boolean matches(String topic) {
        if (pattern.isLiteral()) {
            return pattern.matches(topic);
        }
        Boolean wanted = known.get(topic);
        if (wanted == null) {
            if (known.size() >= MOST_TOPICS) {
                known.clear();
            }
            wanted = pattern.matches(topic);
            known.put(topic, wanted);
        }
        return wanted;
    }
}
