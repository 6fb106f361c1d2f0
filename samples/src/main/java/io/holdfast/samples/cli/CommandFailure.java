package io.holdfast.samples.cli;

import org.jspecify.annotations.Nullable;

/** A failure that a command found by itself, with its exit code; the message is the line that the user sees. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** A failure that ends the command with this code. */
    public CommandFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** {@link #CommandFailure(ExitCode, String)} with what was caught. */
    public CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Checks the value of an option. */
    public static void unlessInRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new CommandFailure(ExitCode.USAGE, option + " is 1.." + most + ", not " + value);
        }
    }

    /** How the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
