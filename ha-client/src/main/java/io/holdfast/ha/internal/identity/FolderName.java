package io.holdfast.ha.internal.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder of an application or a name.
 *
 * <p>Plain text stays as it is. Anything else becomes a readable rest, a {@code +}, and a hash of the exact text: since plain
 * text holds no {@code +} and no upper case, two different texts never share a folder, not even on a file system that
 * ignores case. The length is at most 64 characters.
 */
final class FolderName {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9_-])?");

    /** Windows keeps these for devices, with any extension. */
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    private static final Pattern NUMBERED_DEVICE = Pattern.compile("(com|lpt)[0-9]");
    private static final int REST_LENGTH = 40;
    private static final int HASH_CHARS = 20;

    private FolderName() {}

    /** The folder name for this text. */
    static String of(String text) {
        return isPlain(text) ? text : rest(text) + "+" + hash(text);
    }

    /** The folder of an explicit or ordinal name, in that of its application. */
    static String folderOfName(String name) {
        return "name-" + of(name);
    }

    private static boolean isPlain(String text) {
        if (!PLAIN.matcher(text).matches()) {
            return false;
        }
        int dot = text.indexOf('.');
        String base = dot < 0 ? text : text.substring(0, dot);
        return !DEVICES.contains(base) && !NUMBERED_DEVICE.matcher(base).matches();
    }

    private static String rest(String text) {
        String shortened = text.length() > REST_LENGTH ? text.substring(0, REST_LENGTH) : text;
        String rest = shortened.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return rest.length() > REST_LENGTH ? rest.substring(0, REST_LENGTH) : rest;
    }

    /** Of the characters, not of an encoding: an encoder would make all lone surrogates alike. */
    private static String hash(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >>> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return Sha256.hex(bytes).substring(0, HASH_CHARS);
    }
}
