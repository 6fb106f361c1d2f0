package io.holdfast.it.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the lines with a code that sources can log. It knows these forms, and puts every other string with a code aside as unread:
 *
 * <pre>
 * LOG.warn("HF-2010 name key={} key=\"{}\"" + " key={}", ...)
 * LOG.atDebug().addKeyValue("key", ...).log("HF-1020 name {}", ...)
 * CONSTANT("HF-3001", Level.INFO, "name")              in an enum; whoever logs it writes the fields
 * return "HF-2101 name key=" + ... + " key=" + ...;    in a class X, with LOG.info(X.method(...)) elsewhere
 * </pre>
 */
final class LogStatements {

    private static final String STRING = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
    private static final Pattern LITERAL = Pattern.compile("(?<!\")\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern TEXT = Pattern.compile(STRING + "(?:\\s*\\+\\s*" + STRING + ")*");
    private static final Pattern CODE = Pattern.compile("\\bHF-\\d{4}\\b");
    private static final Pattern EVENT = Pattern.compile("(HF-\\d{4})\\b(.*)", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(?:\"[^\"]*(?:\"|$)|\\S*)");
    private static final Pattern CALL = Pattern.compile("\\bLOG\\.(error|warn|info|debug|trace)\\(\\s*$");
    private static final Pattern FLUENT =
            Pattern.compile("\\bLOG\\.at(Error|Warn|Info|Debug|Trace)\\(\\)(?<keys>[^;]*)\\.log\\(\\s*$");
    private static final Pattern KEY = Pattern.compile("\\.addKeyValue\\(\\s*\"(\\w+)\"");
    private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z][A-Z_]*\\(\\s*$");
    private static final Pattern CONSTANT_REST =
            Pattern.compile("\\s*,\\s*Level\\.([A-Z]+)\\s*,\\s*\"([^\"]+)\"\\s*\\)");
    private static final Pattern RETURN = Pattern.compile("\\breturn\\s*$");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");

    private final Map<String, String> sources = new TreeMap<>();
    private final List<LogEvent> events = new ArrayList<>();
    private final Set<String> unread = new TreeSet<>();

    /**
     * Reads these sources.
     *
     * @param files the text of each, by its path
     * @param constantFields the files that write the fields of the codes in enums
     */
    LogStatements(Map<String, String> files, Collection<String> constantFields) {
        files.forEach((path, text) -> sources.put(path, JavaSource.withoutComments(text)));
        Set<String> ofConstants = keysIn(constantFields);
        sources.forEach((path, text) -> {
            Matcher found = TEXT.matcher(text);
            while (found.find()) {
                if (CODE.matcher(found.group()).find()) {
                    read(path, text, found.toMatchResult(), ofConstants);
                }
            }
        });
    }

    List<LogEvent> events() {
        return events;
    }

    /** Strings with a code in none of the forms, as "file: code". */
    Set<String> unread() {
        return unread;
    }

    private void read(String path, String source, MatchResult found, Set<String> ofConstants) {
        String before = source.substring(0, found.start());
        String line = literals(found.group());
        Matcher call = CALL.matcher(before);
        Matcher fluent = FLUENT.matcher(before);
        Matcher constant = CONSTANT_REST.matcher(source).region(found.end(), source.length());
        if (!EVENT.matcher(line).matches()) {
            unread.add(path + ": " + line);
        } else if (call.find()) {
            add(path, call.group(1), List.of(), line, Set.of());
        } else if (fluent.find()) {
            List<String> keys = KEY.matcher(fluent.group("keys"))
                    .results()
                    .map(key -> key.group(1))
                    .toList();
            add(path, fluent.group(1), keys, line, Set.of());
        } else if (CONSTANT.matcher(before).find() && constant.lookingAt()) {
            add(path, constant.group(1), List.of(), line + " " + constant.group(2), ofConstants);
        } else if (RETURN.matcher(before).find()) {
            String whole = source.substring(found.start(), source.indexOf(';', found.end()));
            add(path, levelOfCaller(path), List.of(), literals(whole), Set.of());
        } else {
            unread.add(path + ": " + line);
        }
    }

    private void add(String path, String level, List<String> keys, String line, Set<String> ofOthers) {
        Matcher event = EVENT.matcher(line);
        if (!event.matches()) {
            throw new IllegalArgumentException(line);
        }
        List<String> fields = new ArrayList<>(keys);
        FIELD.matcher(event.group(2)).results().forEach(field -> fields.add(field.group(1)));
        String words = FIELD.matcher(event.group(2)).replaceAll(" ");
        boolean inserts = keys.isEmpty() && words.contains("{}");
        String name = words.replace("{}", " ").strip().replaceAll("\\s+", " ");
        Set<String> inserted = inserts ? keysIn(List.of(path)) : ofOthers;
        events.add(new LogEvent(event.group(1), level.toUpperCase(Locale.ROOT), name, fields, inserted, path));
    }

    private String levelOfCaller(String path) {
        String type = path.replaceAll(".*/|\\.java$", "");
        Pattern caller = Pattern.compile("\\bLOG\\.(error|warn|info|debug|trace)\\(\\s*" + type + "\\.\\w+\\(");
        return sources.values().stream()
                .flatMap(text -> caller.matcher(text).results())
                .map(call -> call.group(1))
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    /** What the code between the strings adds is left out with a letter in its place. */
    private static String literals(String expression) {
        StringBuilder text = new StringBuilder();
        int end = 0;
        Matcher literal = LITERAL.matcher(expression);
        while (literal.find()) {
            boolean adjoins = expression.substring(end, literal.start()).matches("[\\s+]*");
            text.append(adjoins ? "" : "x").append(literal.group(1).replace("\\\"", "\""));
            end = literal.end();
        }
        return text.toString();
    }

    /** Everything in these files that looks like a key: before an equals sign in a string, or a string of its own. */
    private Set<String> keysIn(Collection<String> files) {
        Set<String> keys = new TreeSet<>();
        for (String file : files) {
            LITERAL.matcher(sources.getOrDefault(file, ""))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(text -> {
                        FIELD.matcher(text).results().forEach(field -> keys.add(field.group(1)));
                        if (WORD.matcher(text).matches()) {
                            keys.add(text);
                        }
                    });
        }
        return keys;
    }
}
