package io.holdfast.samples;

import static java.util.Objects.requireNonNull;

import io.holdfast.broker.cli.BrokerCommand;
import io.holdfast.broker.cli.HashPasswordCommand;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ErrorReport;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import io.holdfast.samples.cli.VersionText;
import io.holdfast.samples.demo.DemoCommand;
import io.holdfast.samples.demo.collision.CollisionDemoCommand;
import io.holdfast.samples.doctor.DoctorCommand;
import io.holdfast.samples.doctor.DoctorExit;
import io.holdfast.samples.hold.HoldCommand;
import io.holdfast.samples.name.NameCommand;
import io.holdfast.samples.publish.PublishCommand;
import io.holdfast.samples.subscribe.SubscribeCommand;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The entry of the runnable jar: parses the command line, runs one command, exits with its code.
 *
 * <p>Commands run on the main thread. A signal does not end the process under them: it completes
 * {@link Surroundings#stop()}, and the process ends when the command has, or after {@value #STOP_SECONDS} seconds.
 */
@Command(
        name = "holdfast",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        description = "Publish to, subscribe at, and run AMPS-compatible brokers.",
        footer = {
            "",
            "Environment: HOLDFAST_PASSWORD, the password of the URI's user;",
            "HOLDFAST_LOG, the log level on stderr: error, warn (default), info, debug, trace."
        })
public final class HoldfastCli implements Runnable {

    private static final int STOP_SECONDS = 8;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "log at level debug, and print the stack trace of a failure")
    private boolean debug;

    @Spec
    private @Nullable CommandSpec spec;

    private HoldfastCli() {}

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        CommandLine holdfast = requireNonNull(spec).commandLine();
        throw new ParameterException(
                holdfast,
                "a command is missing: "
                        + String.join(", ", holdfast.getSubcommands().keySet()));
    }

    /** Runs the command line of this process. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        LogLevel.choose(args);
        CompletableFuture<Void> stop = new CompletableFuture<>();
        StopSignal signal = StopSignal.install(stop, STOP_SECONDS);
        int code;
        try {
            code = run(processSurroundings(stop), args);
        } finally {
            signal.finished();
        }
        System.exit(code);
    }

    /** Runs a command line in these surroundings, and returns the exit code. */
    public static int run(Surroundings surroundings, String... args) {
        return commandLine(surroundings).execute(args);
    }

    /** The commands and how they tell failures. */
    static CommandLine commandLine(Surroundings surroundings) {
        HoldfastCli root = new HoldfastCli();
        ErrorReport report = new ErrorReport(surroundings.err(), () -> root.debug);
        CommandLine holdfast = new CommandLine(root)
                .addSubcommand(
                        "demo",
                        listed(new DemoCommand(surroundings))
                                .addSubcommand("collision", listed(new CollisionDemoCommand(surroundings))))
                .addSubcommand("broker", BrokerCommand.commandLine())
                .addSubcommand("publish", listed(new PublishCommand(surroundings)))
                .addSubcommand("subscribe", listed(new SubscribeCommand(surroundings)))
                .addSubcommand("hold", listed(new HoldCommand(surroundings)))
                .addSubcommand("name", listed(new NameCommand(surroundings)))
                .addSubcommand("doctor", listed(new DoctorCommand(surroundings), DoctorExit.listing()))
                .addSubcommand("hash-password", new HashPasswordCommand());
        return holdfast.setOut(
                        new PrintWriter(new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8), true))
                .setErr(new PrintWriter(new OutputStreamWriter(surroundings.err(), StandardCharsets.UTF_8), true))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report);
    }

    /** A command that explains itself, with the exit codes that all of ours share. */
    private static CommandLine listed(Object command) {
        return listed(command, ExitCode.listing());
    }

    /** A command that explains itself, with its exit codes. */
    private static CommandLine listed(Object command, Map<String, String> exitCodes) {
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        spec.mixinStandardHelpOptions(true).versionProvider(new VersionText());
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes);
        return line;
    }

    private static Surroundings processSurroundings(CompletableFuture<Void> stop) {
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                HoldfastCli::connector,
                stop);
    }

    private static Connector connector() {
        return ServiceLoader.load(ConnectorProvider.class)
                .findFirst()
                .orElseThrow(() -> new CommandFailure(ExitCode.UNEXPECTED, "no transport on the class path"))
                .create();
    }
}
