package io.holdfast.samples.name;

import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameKeeper;
import io.holdfast.ha.identity.NameSurvey;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.Configuration;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows which client name a process with this configuration would get, or holds that name for a while. */
@Command(
        name = "name",
        description = {
            "Prints the client name that a process with this configuration would get now, the property it comes from, and who"
                    + " holds which slot. Takes nothing, and a second or three.",
            "The configuration is the same as a program's: holdfast.properties, the file named by holdfast.config,"
                    + " HOLDFAST_... variables."
        })
public final class NameCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a property file, in the place of the one that holdfast.config names")
    private @Nullable Path file;

    @Option(
            names = "--hold",
            description = "acquires the name, prints it, and holds it until standard input ends or a signal comes")
    private boolean hold;

    /** A command in these surroundings. */
    public NameCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        IdentityOptions options = Configuration.load(surroundings, file).identity();
        PrintStream out = new PrintStream(surroundings.out(), true, StandardCharsets.UTF_8);
        try {
            return hold ? new NameHold(surroundings, out).hold(options).code() : survey(options, out);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // No application and no name, no pod's name, no home folder: each says which property to set.
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private int survey(IdentityOptions options, PrintStream out) throws InterruptedException {
        NameSurvey survey;
        try {
            survey = NameKeeper.of(options).survey();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NO_NAME, "the names cannot be read: " + e, e);
        }
        NameReport report = new NameReport(survey);
        report.print(out);
        if (survey.name().isEmpty()) {
            throw new CommandFailure(ExitCode.NO_NAME, report.refusal());
        }
        return ExitCode.OK.code();
    }
}
