package io.holdfast.ha.config;

import io.holdfast.ha.internal.config.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration is wrong; holds everything that is wrong with it.
 *
 * <p>An {@link IllegalArgumentException}, not a {@link io.holdfast.client.error.MessagingException}: it is thrown before there
 * is a client, no broker is involved, and nothing but a change of the configuration helps. Neither the message nor the
 * problems hold a secret.
 */
public final class ConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The most problems that the message lists; {@link #problems()} has all. */
    private static final int LISTED = 50;

    private final transient List<Mistake> problems;

    private ConfigurationException(String message, List<Mistake> problems) {
        super(message);
        this.problems = problems;
    }

    static ConfigurationException of(String prefix, List<Problem> found) {
        List<Mistake> problems = found.stream().map(Mistake::of).toList();
        StringBuilder message = new StringBuilder("the configuration '" + prefix + "' has "
                + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":");
        problems.stream().limit(LISTED).forEach(p -> message.append("\n  ").append(p.text()));
        if (problems.size() > LISTED) {
            message.append("\n  and ").append(problems.size() - LISTED).append(" more");
        }
        return new ConfigurationException(message.toString(), problems);
    }

    /** Everything that is wrong, at least one. */
    public List<Mistake> problems() {
        return problems;
    }

    /**
     * One thing that is wrong.
     *
     * @param key the whole key, as written
     * @param rawValue the value, quoted and escaped; {@code ****} if it is, or may be, a secret; {@code null} if none is shown
     * @param source where it stands: {@code /etc/app.properties:12}, {@code environment variable HOLDFAST_APP}
     * @param what what is wrong
     * @param rawAllowed what would be right, {@code null} where {@code what} says it all
     * @param rawSuggestion the known key that was probably meant, {@code null} if none is close
     * @param text all of it in one line, safe for logs
     */
    public record Mistake(
            String key,
            @Nullable String rawValue,
            String source,
            String what,
            @Nullable String rawAllowed,
            @Nullable String rawSuggestion,
            String text) {

        /** The known key that was probably meant, if one is close. */
        public Optional<String> suggestion() {
            return Optional.ofNullable(rawSuggestion);
        }

        private static Mistake of(Problem p) {
            return new Mistake(
                    p.key(),
                    p.shownValue(),
                    p.source().toString(),
                    p.what(),
                    p.allowed(),
                    p.suggestion(),
                    p.toString());
        }
    }
}
