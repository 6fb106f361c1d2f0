package io.holdfast.ha.internal.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a misspelt key was meant to be; says nothing rather than something far-fetched. */
final class NearestKey {

    private static final int LONGEST = 64;

    private NearestKey() {}

    /** The known key closest to {@code name} (both without prefix), if it is close. */
    static Optional<Key> to(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String typed = normal(name);
        return KeyTable.ALL.stream()
                .min(Comparator.comparingInt(key -> distance(typed, normal(key.name()))))
                .filter(key -> distance(typed, normal(key.name())) <= tolerance(key));
    }

    /** A typo or two, and no more than a third of the key. */
    private static int tolerance(Key key) {
        return Math.min(3, Math.max(1, key.name().length() / 3));
    }

    /** Case and the kind of separator are never what distinguishes two keys. */
    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }

    /** Edits to turn one into the other: insert, delete, replace, or swap two neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(int[][] d, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
