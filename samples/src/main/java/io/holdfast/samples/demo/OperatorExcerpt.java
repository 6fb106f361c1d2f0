package io.holdfast.samples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keeps the first record of an eviction from the operator's log of the broker. Thread-safe, never waits. */
final class OperatorExcerpt implements Consumer<String> {

    /** The code of an eviction (AMPS user guide). */
    private static final String EVICTION = " 02-0025 ";

    private final CompletableFuture<String> first = new CompletableFuture<>();

    @Override
    public void accept(String logRecord) {
        if (logRecord.contains(EVICTION)) {
            first.complete(logRecord);
        }
    }

    /** The record, as it is but for line breaks at blanks; no line if there was none. */
    List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        StringTokenizer words = new StringTokenizer(first.getNow(""));
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
