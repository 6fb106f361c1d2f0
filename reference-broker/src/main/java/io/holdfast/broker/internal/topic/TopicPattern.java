package io.holdfast.broker.internal.topic;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.holdfast.client.message.Topic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's topic: a literal, or a regular expression as soon as it holds a regex character, which then matches anywhere in a
 * topic's name (protocol text 4.1). RE2/J takes time linear in the name, whatever the expression; its size is bounded here.
 */
public final class TopicPattern {

    /** Length of the expression times its counted repetitions: what the compiled program may grow to. */
    private static final long MAX_PROGRAM = 20_000;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

    private final String text;
    private final @Nullable Pattern regex;
    private final long cost;

    private TopicPattern(String text, @Nullable Pattern regex, long cost) {
        this.text = text;
        this.regex = regex;
        this.cost = cost;
    }

    /** The pattern of a valid topic, or nothing if it is a bad expression. */
    static Optional<TopicPattern> of(Topic topic, boolean literal) {
        if (literal || !topic.isPattern()) {
            return Optional.of(new TopicPattern(topic.name(), null, 0));
        }
        try {
            long cost = program(topic.name());
            return cost > MAX_PROGRAM
                    ? Optional.empty()
                    : Optional.of(new TopicPattern(topic.name(), Pattern.compile(topic.name()), cost));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it matches one topic only. */
    public boolean isLiteral() {
        return regex == null;
    }

    /** The topic as it was given. */
    public String text() {
        return text;
    }

    /** What the expression costs in memory, and in time for each character of a topic's name; 0 for a literal. */
    long cost() {
        return cost;
    }

    /** Whether it wants messages of this topic. */
    public boolean matches(String topic) {
        return regex == null ? text.equals(topic) : regex.matcher(topic).find();
    }

    private static long program(String expression) {
        long size = expression.length();
        java.util.regex.Matcher counts = COUNT.matcher(expression);
        while (counts.find() && size <= MAX_PROGRAM) {
            String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            size *= most.length() > 5 ? MAX_PROGRAM : Math.max(1, Long.parseLong(most));
        }
        return size;
    }
}
