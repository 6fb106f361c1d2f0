package io.holdfast.samples.doctor.read;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.LogEvent;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines of clients that are not ours, in any layout, by the words of {@link BarePatterns}.
 *
 * <p>The client's name is taken from the line where it stands in one of the usual forms: {@code client_name=N}, {@code clientName: N},
 * {@code client[N]}, {@code client 'N'}. A record of several lines (a stack trace, a header with its text below) tells one thing, and
 * a line directly behind one of the same kind, of the same instant, is the same event told twice.
 */
final class BareLines implements LineParser {

    private static final Pattern NAME = Pattern.compile(
            "(?i)\\bclient(?:[ _.-]?name ?[=:] ?[\"']?| ?= ?[\"']?|\\[| ?['\"])([^\\s\"'\\]\\[,;)]{1,256})");
    private static final long SAME_MILLIS = 2;

    /** One of these is in every line that a known pattern fits. */
    private static final List<String> HINTS = List.of(
            "connect",
            "logon",
            "log on",
            "login",
            "log in",
            "logged",
            "socket",
            "session",
            "end of",
            "eof",
            "heart",
            "pipe",
            "slow",
            "consum",
            "in use",
            "route",
            "host",
            "unreach",
            "network",
            "service not",
            "shut");

    private final BarePatterns patterns;
    private final boolean userGiven;
    private @Nullable LogEvent before;
    private boolean recordTold;

    /** A reader of these; {@code userGiven} says that the user gave patterns of his own. */
    BareLines(BarePatterns patterns, boolean userGiven) {
        this.patterns = patterns;
        this.userGiven = userGiven;
    }

    @Override
    public boolean take(LogLine line, Consumer<LogEvent> events) {
        recordTold &= !line.ownTime();
        EventKind kind = recordTold ? null : kind(line.text());
        if (kind == null) {
            return false;
        }
        recordTold = true;
        Matcher found = NAME.matcher(line.text());
        LogEvent event = LogEvent.client(line.at(), kind, found.find() ? found.group(1) : null);
        LogEvent last = before;
        boolean again = last != null
                && last.kind() == kind
                && !event.at().isAfter(last.at().plusMillis(SAME_MILLIS))
                && (event.name() == null || event.name().equals(last.name()));
        before = event;
        if (!again) {
            events.accept(event);
        }
        return true;
    }

    private @Nullable EventKind kind(String text) {
        boolean foreign = !userGiven && BarePatterns.isForeign(text);
        if (foreign || !mayTell(text)) {
            return null;
        }
        for (BarePatterns.Rule rule : patterns.rules()) {
            if (rule.words().matcher(text).find()) {
                return rule.kind();
            }
        }
        return null;
    }

    /** A quick look: most lines of a log are of something else. */
    private boolean mayTell(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return userGiven || HINTS.stream().anyMatch(lower::contains);
    }
}
