package io.holdfast.samples.doctor;

import io.holdfast.client.error.Untrusted;
import io.holdfast.samples.cli.Converters;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import io.holdfast.samples.doctor.admin.AdminPort;
import io.holdfast.samples.doctor.admin.Holdings;
import io.holdfast.samples.doctor.report.JsonReport;
import io.holdfast.samples.doctor.report.Report;
import io.holdfast.samples.doctor.report.TextReport;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds who else has a client name: asks the brokers, or reads logs. Changes nothing anywhere. */
@Command(
        name = "doctor",
        exitCodeOnInvalidInput = DoctorExit.USAGE,
        description = {
            "Finds the other program that uses a client name.",
            "With --admin it asks brokers who holds the name now. With files it reads logs of clients and brokers, of Holdfast or"
                    + " not, packed by gzip or not, and finds who evicted whom."
        })
public final class DoctorCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "logs to read, in any order; - is standard input")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--admin",
            paramLabel = "URL",
            arity = "1..*",
            description = "admin ports to ask, http://host:8085, one for each instance")
    private List<String> admin = new ArrayList<>();

    @Option(names = "--name", paramLabel = "N", description = "the client name; needed with --admin")
    private @Nullable String name;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Option(names = "--json", description = "prints one JSON document")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Converters.DurationConverter.class,
            description = "for the answers of all admin ports together (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofSeconds(10);

    /** A command in these surroundings. */
    public DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (admin.isEmpty() == files.isEmpty()) {
            throw usage("give either log files or --admin URL");
        }
        PrintStream out = new PrintStream(surroundings.out(), false, StandardCharsets.UTF_8);
        Report report = json ? new JsonReport(out) : new TextReport(out);
        try {
            return admin.isEmpty() ? readLogs(report) : askBrokers(report);
        } finally {
            out.flush();
        }
    }

    private int askBrokers(Report report) throws InterruptedException {
        String wanted = name;
        if (wanted == null) {
            throw usage("--admin needs --name N");
        }
        List<URI> ports = new ArrayList<>();
        for (String each : admin) {
            try {
                ports.add(AdminPort.checked(each));
            } catch (IllegalArgumentException e) {
                throw usage("Invalid value for option '--admin': " + e.getMessage());
            }
        }
        Holdings holdings = new AdminPort(timeout).holders(ports, wanted);
        report.holders(holdings);
        holdings.failures()
                .forEach((instance, reason) -> surroundings
                        .err()
                        .println("holdfast doctor: " + instance + " was not asked: " + Untrusted.escape(reason)));
        if (holdings.isSilentCollision()) {
            return DoctorExit.FOUND;
        }
        return (holdings.failures().isEmpty() ? ExitCode.OK : ExitCode.CONNECT_FAILED).code();
    }

    private int readLogs(Report report) {
        LogCheck check = new LogCheck(reading.options(this::usage).of(name), surroundings);
        return check.run(files, report);
    }

    private ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("not run by a command line");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
