package io.holdfast.samples.doctor.read;

import com.google.re2j.Pattern;
import io.holdfast.samples.doctor.evidence.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The words by which a client that is not ours tells of its connection: a list, the first that fits a line counts. All run on RE2,
 * whose time grows with the line and not with the pattern; a user's own come first.
 *
 * @param rules in their order
 */
record BarePatterns(List<Rule> rules) {

    /** One pattern. */
    record Rule(EventKind kind, Pattern words) {}

    private static final List<Rule> KNOWN = List.of(
            rule(EventKind.NAME_REFUSED, "name (is )?(already )?in use|client name .{0,300} in use"),
            rule(
                    EventKind.REFUSED,
                    "connection refused|actively refused|(failed|unable|cannot|could not) (to )?(re)?connect|(re)?connect(ion)?"
                            + " (attempt )?failed"),
            rule(
                    EventKind.UNREACHABLE,
                    "connect(ion)?( attempt)? timed out|connect timeout|no route to host|network is (unreachable|down)|host"
                            + " (is )?(unreachable|down)|unknown ?host|name or service not known"),
            rule(EventKind.SLOW_CLIENT, "slow (client|consumer)|not consuming messages"),
            rule(
                    EventKind.HEARTBEAT,
                    "heart ?beat.{0,40}(time[d]? ?out|missed|expired|late|lost)|(no|missed|missing) heart ?beat"),
            rule(
                    EventKind.ENDED_BY_CLIENT,
                    "disconnecting|(closed|disconnected) by (the )?(application|client|user)|shutting down|shut ?down"),
            rule(
                    EventKind.CLOSED_BY_PEER,
                    "\\bdisconnect(ed|ion)?\\b|(connection|socket|session).{0,60}\\b(closed|lost|reset|dropped|terminated|broken)\\b"
                            + "|(lost|dropped) (the )?connection|closed (the )?connection|end of (stream|file)|\\beof\\b|broken pipe"),
            rule(
                    EventKind.LOGON,
                    "\\b(re)?connected\\b|logged (on|in)\\b|log(on|in) (ok|succeeded|successful|complete)|(connection|session)"
                            + " (re-?)?established|successful(ly)? (re)?(connect|log)"));

    private static final Pattern FOREIGN = Pattern.compile(
            "(?i)jdbc|database|\\bsql|kafka|zookeeper|redis|\\bjms\\b|rabbit|mongo|ldap|\\bhttps?\\b|websocket|\\bssh\\b|\\bsmtp\\b|not connected");

    private static Rule rule(EventKind kind, String words) {
        return new Rule(kind, Pattern.compile("(?i)" + words));
    }

    /** The known words, behind a user's own for a disconnect and for a connect. */
    static BarePatterns with(List<Pattern> disconnects, List<Pattern> connects) {
        List<Rule> rules = new ArrayList<>();
        disconnects.forEach(each -> rules.add(new Rule(EventKind.CLOSED_BY_PEER, each)));
        connects.forEach(each -> rules.add(new Rule(EventKind.LOGON, each)));
        rules.addAll(KNOWN);
        return new BarePatterns(List.copyOf(rules));
    }

    /** Whether the line speaks of another kind of connection: such words tell nothing of a broker's client. */
    static boolean isForeign(String text) {
        return FOREIGN.matcher(text).find();
    }
}
