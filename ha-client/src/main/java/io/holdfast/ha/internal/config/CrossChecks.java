package io.holdfast.ha.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        return checks.problems;
    }

    private void needs(Key key, Key other) {
        Setting setting = settings.get(key);
        if (setting != null && !settings.containsKey(other)) {
            problems.add(Problem.of(
                    key.under(prefix),
                    setting.shown(),
                    setting.source(),
                    "needs " + other.under(prefix) + ", which is not set"));
        }
    }
}
