package io.holdfast.client.message;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * The name of a topic, or, in a subscription, a regular expression over names.
 *
 * <p>A broker takes a subscription's topic for a regular expression as soon as it holds a regex character, and then
 * matches it <em>anywhere</em> in a topic's name unless it is anchored; publishing is always literal (AMPS user guide).
 * Topics below {@code /AMPS/} belong to the broker.
 *
 * <p>Immutable and thread-safe. The UTF-8 form is computed once, so a topic that is published to often should be kept.
 */
public final class Topic {

    /** The longest topic accepted, in bytes of UTF-8. A bound of ours: the protocol states none. */
    public static final int MAX_BYTES = 4096;

    /** No topic: what a group mark carries that names none. Nothing can be published or subscribed to it. */
    public static final Topic NONE = new Topic("", new byte[0]);

    private static final String REGEX_CHARACTERS = "\\^$.|?*+()[]{}";

    private final String name;
    private final byte[] utf8;

    private Topic(String name, byte[] utf8) {
        this.name = name;
        this.utf8 = utf8;
    }

    /**
     * A topic of this name or pattern.
     *
     * @throws IllegalArgumentException if the name is empty, longer than {@link #MAX_BYTES}, or holds a control character
     *     or half a surrogate pair
     */
    public static Topic of(String name) {
        requireNonNull(name, "name");
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == 0 || utf8.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a topic has 1.." + MAX_BYTES + " bytes of UTF-8, this one has " + utf8.length);
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw new IllegalArgumentException("control character at index " + i + " of a topic");
            }
            if (Character.isSurrogate(name.charAt(i))) {
                boolean pair = i + 1 < name.length() && Character.isSurrogatePair(name.charAt(i), name.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException("half a surrogate pair at index " + i + " of a topic");
                }
                i++;
            }
        }
        return new Topic(name, utf8);
    }

    /** The name or pattern, as given. */
    public String name() {
        return name;
    }

    /** Whether a broker would read this topic as a regular expression in a subscription. */
    public boolean isPattern() {
        for (int i = 0; i < name.length(); i++) {
            if (REGEX_CHARACTERS.indexOf(name.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The length of the UTF-8 form in bytes. */
    public int utf8Length() {
        return utf8.length;
    }

    /** The byte at {@code index} of the UTF-8 form: lets a transport write the topic without making garbage. */
    public byte utf8At(int index) {
        return utf8[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Topic that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
