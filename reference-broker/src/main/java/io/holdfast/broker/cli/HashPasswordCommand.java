package io.holdfast.broker.cli;

import io.holdfast.broker.internal.auth.PasswordHash;
import io.holdfast.client.connect.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code hash-password}: reads a password, from the terminal without echo or else from the first line of stdin, and prints what goes into
 * the users file. The password is never an argument: arguments show in the list of processes.
 */
@Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        description =
                "Reads a password (terminal, or first line of stdin) and prints its line for the broker's users file.",
        footer = {"", "Exit codes: 0 printed, 1 nothing to read, 2 bad flag."})
public final class HashPasswordCommand implements Callable<Integer> {

    @Option(names = "--user", paramLabel = "NAME", description = "print a whole line, NAME:{pbkdf2}...")
    private @Nullable String user;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "of PBKDF2 with HMAC-SHA-256; default " + PasswordHash.DEFAULT_ITERATIONS)
    private int iterations = PasswordHash.DEFAULT_ITERATIONS;

    @Spec
    private @Nullable CommandSpec spec;

    /** A command to run or to mount. */
    public HashPasswordCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("run by picocli only");
        }
        if (iterations < PasswordHash.MIN_ITERATIONS || iterations > PasswordHash.MAX_ITERATIONS) {
            throw new ParameterException(
                    command.commandLine(),
                    "--iterations is " + PasswordHash.MIN_ITERATIONS + ".." + PasswordHash.MAX_ITERATIONS);
        }
        if (user != null && (user.isBlank() || user.contains(":") || user.startsWith("#"))) {
            throw new ParameterException(
                    command.commandLine(), "--user is not blank, holds no colon and begins with no '#'");
        }
        String password = read();
        if (password == null || password.isEmpty()) {
            command.commandLine().getErr().println("hash-password: no password to read");
            return 1;
        }
        String hash = PasswordHash.create(Secret.of(password), iterations, new SecureRandom())
                .encoded();
        command.commandLine().getOut().println(user == null ? hash : user + ":" + hash);
        command.commandLine().getOut().flush();
        return 0;
    }

    private static @Nullable String read() throws IOException {
        Console console = terminal();
        if (console != null) {
            char[] typed = console.readPassword("password: ");
            return typed == null ? null : new String(typed);
        }
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }

    // From JDK 22 on there is a console without a terminal too, and a method that tells.
    @SuppressWarnings("SystemConsoleNull") // null is what older JDKs say
    private static @Nullable Console terminal() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
        } catch (NoSuchMethodException olderJdk) {
            return console;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
