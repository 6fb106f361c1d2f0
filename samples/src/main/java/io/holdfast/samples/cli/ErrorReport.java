package io.holdfast.samples.cli;

import java.io.PrintStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure: one line on stderr, a stack trace only if it was asked for, and the exit code.
 *
 * <p>The last stop of every command; called on the main thread.
 */
public final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** The user part of a URI: picocli repeats arguments that it does not understand, passwords included. */
    private static final Pattern URI_PASSWORD = Pattern.compile("://([^:/@\\s]*):\\S*@");

    private final PrintStream err;
    private final BooleanSupplier withStackTrace;

    /** A report on {@code err}. */
    public ErrorReport(PrintStream err, BooleanSupplier withStackTrace) {
        this.err = err;
        this.withStackTrace = withStackTrace;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        String command = spec.qualifiedName();
        tell(command, text(failure) + " (see '" + command + " --help')", failure);
        return spec.exitCodeOnInvalidInput();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        Throwable cause = unwrap(failure);
        tell(command.getCommandSpec().qualifiedName(), text(cause), cause);
        return ExitCode.of(cause).code();
    }

    /** The failure itself, without the wrappings of futures. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The text on one line, without the password of any URI in it. */
    static String oneLine(String text) {
        return URI_PASSWORD.matcher(text.strip().replaceAll("\\p{Cntrl}+", " ")).replaceAll("://$1:****@");
    }

    private void tell(String command, String text, Throwable failure) {
        err.println(oneLine(command + ": " + text));
        if (withStackTrace.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        boolean known = ExitCode.of(failure) != ExitCode.UNEXPECTED || failure instanceof ParameterException;
        if (known && message != null) {
            return message;
        }
        return "unexpected " + failure.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + "; --debug shows where";
    }
}
