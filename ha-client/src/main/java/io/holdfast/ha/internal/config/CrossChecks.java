package io.holdfast.ha.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks values against each other: what each may be is {@link ValueType}'s, what they may be together is here. */
final class CrossChecks {

    private final String prefix;
    private final Map<Key, Setting> settings;
    private final List<Problem> problems = new ArrayList<>();

    private CrossChecks(String prefix, Map<Key, Setting> settings) {
        this.prefix = prefix;
        this.settings = settings;
    }

    /** The problems of these settings as a whole; each may have one of its own as well. */
    static List<Problem> of(String prefix, Map<Key, Setting> settings) {
        CrossChecks checks = new CrossChecks(prefix, settings);
        checks.needs(KeyTable.CLIENT_PASSWORD, KeyTable.CLIENT_USER);
        checks.needs(KeyTable.TLS_CERT, KeyTable.TLS_KEY);
        checks.needs(KeyTable.TLS_KEY, KeyTable.TLS_CERT);
        checks.needs(KeyTable.TLS_KEY_PASSWORD, KeyTable.TLS_KEY);
        if (!settings.containsKey(KeyTable.CLIENT_NAME)) {
            checks.needs(KeyTable.CLIENT_INSTANCE, KeyTable.APP);
            Setting kubernetes = settings.get(KeyTable.IDENTITY_KUBERNETES);
            if (kubernetes != null && kubernetes.text().equals("true")) {
                checks.needs(KeyTable.IDENTITY_KUBERNETES, KeyTable.APP);
            }
        }
        checks.inOrder(KeyTable.BACKOFF_INITIAL, KeyTable.BACKOFF_MAX, DurationText::parse);
        checks.inOrder(CollisionKeys.FAST_COUNTS_UNDER, CollisionKeys.SLOW_COUNTS_UNDER, DurationText::parse);
        checks.inOrder(CollisionKeys.FAST_SUSPECT_AT, CollisionKeys.FAST_SENIOR_YIELDS_AT, Double::valueOf);
        checks.inOrder(CollisionKeys.SLOW_SUSPECT_AT, CollisionKeys.SLOW_SENIOR_YIELDS_AT, Double::valueOf);
        checks.inOrder(CollisionKeys.STANDBY_FIRST_PROBE, CollisionKeys.STANDBY_MAX_PROBE, DurationText::parse);
        checks.givesUpOnlyIfItTries();
        return checks.problems;
    }

    /** The one must not be above the other; said of the one that somebody set. */
    private <T extends Comparable<T>> void inOrder(Key lesser, Key greater, Function<String, T> parser) {
        Setting low = settings.get(lesser);
        Setting high = settings.get(greater);
        if (low != null
                && high != null
                && isGood(low)
                && isGood(high)
                && parser.apply(low.text()).compareTo(parser.apply(high.text())) > 0) {
            boolean highIsOurs = high.source().equals(Source.DEFAULT);
            refuse(
                    highIsOurs ? low : high,
                    highIsOurs
                            ? "is above " + greater.under(prefix) + ", which is " + high.text()
                            : "is below " + lesser.under(prefix) + ", which is " + low.text());
        }
    }

    private void givesUpOnlyIfItTries() {
        Setting reconnect = settings.get(KeyTable.RECONNECT);
        if (reconnect != null && reconnect.text().equalsIgnoreCase("never")) {
            for (Key bound : List.of(KeyTable.RECONNECT_MAX_ATTEMPTS, KeyTable.RECONNECT_MAX_OUTAGE)) {
                Setting set = settings.get(bound);
                if (set != null) {
                    refuse(set, "has no meaning with " + reconnect.key().under(prefix) + " = never");
                }
            }
        }
    }

    private static boolean isGood(Setting setting) {
        return setting.key().type().wrong(setting.text()) == null;
    }

    private void refuse(Setting setting, String what) {
        problems.add(Problem.of(setting.key().under(prefix), setting.shown(), setting.source(), what));
    }

    private void needs(Key key, Key other) {
        Setting setting = settings.get(key);
        if (setting != null && !settings.containsKey(other)) {
            refuse(setting, "needs " + other.under(prefix) + ", which is not set");
        }
    }
}
