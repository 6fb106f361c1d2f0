package io.holdfast.ha.internal.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads the text of a property file and remembers on which line each key began.
 *
 * <p>{@link Properties} does the reading: separators, escapes, continuations are what the JDK says they are. It tells no line
 * numbers, so the text is cut into its logical lines first, and each is given to it by itself.
 */
final class PropertiesText {

    private final String text;
    private final Source file;
    private final String fileKey;
    private final List<Problem> problems;
    private final List<Assignment> assignments = new ArrayList<>();
    private int position;
    private int line;

    private PropertiesText(String text, Source file, String fileKey, List<Problem> problems) {
        this.text = text;
        this.file = file;
        this.fileKey = fileKey;
        this.problems = problems;
    }

    /**
     * The assignments of a text in their order, duplicates included.
     *
     * @param fileKey the key that named the file, for problems of the file as a whole
     * @param problems where malformed lines are reported; the others are read on
     */
    static List<Assignment> parse(String text, Source file, String fileKey, List<Problem> problems) {
        PropertiesText reader = new PropertiesText(text, file, fileKey, problems);
        while (reader.position < text.length()) {
            reader.logicalLine();
        }
        return reader.assignments;
    }

    private void logicalLine() {
        int start = position;
        int firstLine = line + 1;
        boolean ignored = isBlankOrComment(start);
        boolean continues = naturalLine();
        while (!ignored && continues && position < text.length()) {
            continues = naturalLine();
        }
        if (!ignored) {
            load(text.substring(start, position), file.atLine(firstLine));
        }
    }

    /** Moves to the next natural line; whether this one is continued there. */
    private boolean naturalLine() {
        int start = position;
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        position = Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1));
        line++;
        return endsInContinuation(start, end);
    }

    private boolean isBlankOrComment(int start) {
        int i = start;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i == text.length() || "#!\r\n".indexOf(text.charAt(i)) >= 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private boolean endsInContinuation(int start, int end) {
        int backslashes = 0;
        while (end - backslashes > start && text.charAt(end - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void load(String logicalLine, Source source) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException e) {
            // Neither the line nor the JDK's message is shown: the line may hold a secret.
            problems.add(Problem.unreadable(
                    fileKey,
                    source,
                    "\\u is not followed by four hexadecimal digits; a backslash itself is written \\\\"));
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringReader has none
        }
        one.stringPropertyNames().forEach(key -> assignments.add(new Assignment(key, one.getProperty(key), source)));
    }
}
