package io.holdfast.broker.cli;

import static java.util.Objects.requireNonNull;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.BrokerLimits;
import io.holdfast.broker.BrokerStartException;
import io.holdfast.broker.JournalOptions;
import io.holdfast.broker.ReferenceBroker;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code broker}: runs a broker until SIGTERM or SIGINT. One line on stdout when it is ready, the operator's log on stderr.
 *
 * <p>Exit codes: 0 ended by a signal, 1 unexpected failure, 2 bad flag or property, 3 a port cannot be had, 4 bad users file, 5 bad TLS
 * material, 6 the transaction log cannot be had, 7 it failed while running.
 */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        defaultValueProvider = BrokerProperties.class,
        sortOptions = false,
        description = "Runs the reference broker until SIGTERM. For development, tests and samples.",
        footer = {
            "",
            "Every flag is also a property: a system property holdfast.broker.<flag>, or a line of the file named by"
                    + " --config. Flag before system property before file.",
            "Exit codes: 0 ended by a signal, 1 unexpected failure, 2 bad flag or property, 3 port cannot be had, 4 bad"
                    + " users file, 5 bad TLS material, 6 the transaction log cannot be had,"
                    + " 7 it failed while running."
        })
public final class BrokerCommand implements Callable<Integer> {

    private static final int BAD_FLAG = 2;
    private static final int LOG_FAILED = 7;
    private static final int ADMIN_REQUEST_SECONDS = 10;
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    @Option(names = "--config", paramLabel = "FILE", description = "a properties file with any of these flags")
    @SuppressWarnings("UnusedVariable") // read by BrokerProperties, through picocli
    private @Nullable Path config;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "default ${DEFAULT-VALUE}")
    private String bind = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9007",
            description = "the clients' port, 0 for any; default ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--admin-port",
            paramLabel = "N",
            defaultValue = "8085",
            description = "the admin port, 0 for any, -1 for none; default ${DEFAULT-VALUE}")
    private int adminPort;

    @Option(names = "--data", paramLabel = "DIR", description = "keeps the transaction log; in memory without it")
    private @Nullable Path data;

    @Option(
            names = "--journal-segment",
            paramLabel = "SIZE",
            converter = Amounts.Bytes.class,
            description = "a file of the log is full at this size: 4096, 512k, 64m, 1g; default 64m")
    private long journalSegment = JournalOptions.DEFAULTS.segmentBytes();

    @Option(
            names = "--journal-retain",
            paramLabel = "SIZE",
            converter = Amounts.Bytes.class,
            description = "the oldest full files are dropped while the log is larger; default 4g")
    private long journalRetain = JournalOptions.DEFAULTS.retainBytes();

    @Option(
            names = "--journal-retain-age",
            paramLabel = "TIME",
            converter = Amounts.Age.class,
            description = "full files older than this are dropped: 90s, 15m, 12h, 7d; default never")
    private @Nullable Duration journalRetainAge;

    @Option(
            names = "--repair",
            description = "cuts a damaged log back to what precedes the damage, and moves the rest aside")
    private boolean repair;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "lines name:{pbkdf2}... (see hash-password); authentication is off without it")
    private @Nullable Path users;

    @Option(
            names = "--transaction-log",
            paramLabel = "BOOL",
            arity = "1",
            defaultValue = "true",
            description = "client names are unique and publish acks conflated; default ${DEFAULT-VALUE}")
    private boolean transactionLog;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "holdfast",
            description = "part of the connection names; default ${DEFAULT-VALUE}")
    private String instance = "holdfast";

    @Option(
            names = "--replicate-to",
            paramLabel = "URI",
            description =
                    "sends the log to this instance, asynchronously, a test aid: tcp://[user:password@]host:port; may be"
                            + " repeated. It must have another name and --accept-replication")
    private List<URI> replicateTo = List.of();

    @Option(
            names = "--accept-replication",
            description = "lets other instances replicate to this one, in the name of any publisher")
    private boolean acceptReplication;

    @Option(names = "--tls-cert", paramLabel = "PEM", description = "certificate chain; turns TLS on")
    private @Nullable Path tlsCert;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "its private key, PKCS#8, not encrypted")
    private @Nullable Path tlsKey;

    @Option(
            names = "--max-frame-bytes",
            paramLabel = "N",
            description = "the largest frame, at most 200000000; default 16 MiB")
    private int maxFrameBytes = BrokerLimits.DEFAULTS.maxFrameBytes();

    @Option(
            names = "--client-buffer-bytes",
            paramLabel = "N",
            description = "bytes waiting for a client before it is dropped as slow; default 64 MiB")
    private int clientBufferBytes = BrokerLimits.DEFAULTS.outboundBytes();

    @Option(names = "--max-connections", paramLabel = "N", description = "connections at a time; default 4096")
    private int maxConnections = BrokerLimits.DEFAULTS.maxConnections();

    @Option(names = "--logon-deadline-seconds", paramLabel = "N", description = "from accept to logon; default 10")
    private long logonDeadlineSeconds = BrokerLimits.DEFAULTS.logonDeadline().toSeconds();

    @Spec
    private @Nullable CommandSpec spec;

    /** Where the operator's log goes. */
    private Consumer<String> operatorLog = System.err::println;

    /** Made by {@link #commandLine()}. */
    BrokerCommand() {}

    /** The command, to run or to mount. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new BrokerCommand());
        command.setParameterExceptionHandler((problem, arguments) -> {
            command.getErr().println("holdfast-broker: " + problem.getMessage() + " (--help shows the flags)");
            return BAD_FLAG;
        });
        return command;
    }

    @Override
    public Integer call() throws InterruptedException {
        // the JDK's server, left alone, gives a request for ever to arrive: two that stall would be the end of the
        // admin pages
        limitUnlessSet("sun.net.httpserver.maxReqTime");
        limitUnlessSet("sun.net.httpserver.maxRspTime");
        LineWriter log = LineWriter.to(System.err);
        operatorLog = log;
        ReferenceBroker broker;
        try {
            broker = ReferenceBroker.start(configuration());
        } catch (BrokerStartException e) {
            return fail(e.getMessage(), exitCode(e.kind()));
        } catch (IllegalArgumentException e) {
            return fail(e.getMessage(), BAD_FLAG);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker, log), "holdfast-broker-stop"));
        out().println("holdfast-broker ready instance=" + instance + " client=" + broker.uri() + " admin="
                + broker.adminUri());
        out().flush();
        return broker.awaitClosed() ? 0 : LOG_FAILED; // after a signal the hook ends the process
    }

    // A JVM that a signal ends exits with 143 or 130, whatever its hooks do; a clean end is to be told from a crash.
    private static void stop(ReferenceBroker broker, LineWriter log) {
        broker.close();
        boolean kept = isKept(broker);
        System.out.flush();
        if (log.close(LAST_LINES)) {
            System.err.flush(); // else its lock is held by who waits for a reader
        }
        Runtime.getRuntime().halt(kept ? 0 : LOG_FAILED);
    }

    private static boolean isKept(ReferenceBroker broker) {
        try {
            return broker.awaitClosed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    BrokerConfig configuration() {
        return BrokerConfig.builder()
                .bind(bind)
                .port(port)
                .adminPort(adminPort)
                .data(data)
                .journal(new JournalOptions(
                        journalSegment, journalRetain, Optional.ofNullable(journalRetainAge), repair))
                .users(users)
                .transactionLog(transactionLog)
                .instance(instance)
                .replicateTo(replicateTo)
                .acceptReplication(acceptReplication)
                .tls(tlsCert, tlsKey)
                .limits(BrokerLimits.DEFAULTS
                        .withMaxFrameBytes(maxFrameBytes)
                        .withOutboundBytes(clientBufferBytes)
                        .withMaxConnections(maxConnections)
                        .withLogonDeadline(Duration.ofSeconds(logonDeadlineSeconds)))
                .operatorLog(operatorLog)
                .build();
    }

    private static void limitUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(ADMIN_REQUEST_SECONDS));
        }
    }

    private static int exitCode(BrokerStartException.Cause kind) {
        return switch (kind) {
            case CANNOT_BIND -> 3;
            case BAD_USERS_FILE -> 4;
            case BAD_TLS_MATERIAL -> 5;
            case BAD_JOURNAL -> 6;
        };
    }

    private int fail(@Nullable String message, int code) {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        err.println("holdfast-broker: " + message);
        err.flush();
        return code;
    }

    private PrintWriter out() {
        return requireNonNull(spec).commandLine().getOut();
    }
}
