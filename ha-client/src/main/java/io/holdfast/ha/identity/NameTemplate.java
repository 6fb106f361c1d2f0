package io.holdfast.ha.identity;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.connect.LogonRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a generated name: plain text and the placeholders {@code ${app} ${host} ${user} ${slot} ${token}}.
 *
 * <p>At least one of {@code ${slot}} and {@code ${token}} must occur, because every process of one application on one host
 * would get the same name without them.
 */
public final class NameTemplate {

    /** The placeholders that may be used. */
    public static final Set<String> PLACEHOLDERS = Set.of("app", "host", "user", "slot", "token");

    /** The longest generated name, a bound of ours: it must stay readable in a log line. */
    public static final int MAX_GENERATED_LENGTH = 160;

    private final List<Part> parts;

    private NameTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException naming what is wrong: an unknown placeholder, one without an end, a character that
     *     no client name may hold, no placeholder that tells processes apart
     */
    public static NameTemplate parse(String text) {
        requireNonNull(text, "nameTemplate");
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            if (open != at) {
                int end = open < 0 ? text.length() : open;
                parts.add(literal(text.substring(at, end)));
                at = end;
            } else {
                int close = text.indexOf('}', open);
                if (close < 0) {
                    throw wrong("'${' at index " + open + " has no '}'");
                }
                parts.add(placeholder(text.substring(open + 2, close)));
                at = close + 1;
            }
        }
        if (parts.stream().noneMatch(p -> "slot".equals(p.placeholder) || "token".equals(p.placeholder))) {
            throw wrong("one of ${slot} and ${token} must occur, or all processes get one name");
        }
        return new NameTemplate(parts);
    }

    /**
     * The name made of these values, one for each of {@link #PLACEHOLDERS}.
     *
     * @throws IllegalArgumentException if the name is longer than {@link #MAX_GENERATED_LENGTH}, or not a client name
     */
    public String expand(Map<String, String> values) {
        StringBuilder name = new StringBuilder();
        for (Part part : parts) {
            name.append(part.placeholder == null ? part.text : requireNonNull(values.get(part.placeholder)));
        }
        if (name.length() > MAX_GENERATED_LENGTH) {
            throw wrong("it gives a name of " + name.length() + " characters; the most is " + MAX_GENERATED_LENGTH);
        }
        LogonRequest.checkName(name.toString());
        return name.toString();
    }

    private static Part literal(String text) {
        try {
            LogonRequest.checkName(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holdfast.client.name-template: " + e.getMessage(), e);
        }
        return new Part(text, null);
    }

    private static Part placeholder(String name) {
        if (!PLACEHOLDERS.contains(name)) {
            throw wrong("unknown placeholder '${" + name + "}'; there are ${app} ${host} ${user} ${slot} ${token}");
        }
        return new Part("", name);
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("holdfast.client.name-template: " + what);
    }

    private record Part(String text, @Nullable String placeholder) {}
}
