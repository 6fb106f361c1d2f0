package io.holdfast.broker.internal.auth;

import io.holdfast.broker.BrokerStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the file of users: lines {@code name:{pbkdf2}...} or {@code name:{noop}secret}; empty lines and lines with {@code #} are skipped. */
public final class UsersFile {

    private static final long MAX_BYTES = 16L << 20;

    private UsersFile() {}

    /**
     * The users and their stored passwords.
     *
     * @throws BrokerStartException naming the line that is none, without showing it
     */
    public static Map<String, PasswordHash> read(Path file) {
        List<String> lines;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file + " is larger than " + MAX_BYTES + " bytes", null);
            }
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw bad(file + " cannot be read: " + e, e);
        }
        Map<String, PasswordHash> users = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                enter(users, line, file + " line " + (i + 1));
            }
        }
        return users;
    }

    private static void enter(Map<String, PasswordHash> users, String line, String where) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw bad(where + ": a line is name:{pbkdf2}... or name:{noop}secret", null);
        }
        try {
            if (users.put(line.substring(0, colon), PasswordHash.parse(line.substring(colon + 1))) != null) {
                throw bad(where + ": a user has one line", null);
            }
        } catch (IllegalArgumentException e) {
            throw bad(where + ": " + e.getMessage(), e);
        }
    }

    private static BrokerStartException bad(String message, @Nullable Throwable cause) {
        return new BrokerStartException(BrokerStartException.Cause.BAD_USERS_FILE, "users file " + message, cause);
    }
}
