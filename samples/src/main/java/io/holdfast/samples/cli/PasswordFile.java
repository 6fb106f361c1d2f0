package io.holdfast.samples.cli;

import io.holdfast.client.connect.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a password from a file: its first line, so that an editor's newline at the end does no harm. */
final class PasswordFile {

    /** The longest password read, in characters: a bound against a wrong file. */
    private static final int MAX_LENGTH = 4096;

    private PasswordFile() {}

    static Secret read(Path file) {
        char[] text = new char[MAX_LENGTH + 1];
        int length = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (int c = reader.read(); c >= 0 && c != '\n' && c != '\r' && length <= MAX_LENGTH; c = reader.read()) {
                text[length] = (char) c;
                length++;
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read the password file " + file, e);
        }
        if (length == 0 || length > MAX_LENGTH) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the first line of " + file + " is to hold a password of 1.." + MAX_LENGTH + " characters");
        }
        return Secret.of(new String(text, 0, length));
    }
}
