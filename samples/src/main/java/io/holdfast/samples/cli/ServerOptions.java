package io.holdfast.samples.cli;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.Tls;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.connect.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that logs on to a broker: where, under which name, with which credentials and deadlines.
 *
 * <p>There is no default name. A name taken from the host would be shared by every program on it, and two programs with one
 * name evict each other without end.
 */
public final class ServerOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URI",
            converter = Converters.EndpointConverter.class,
            description = "tcp://[user[:password]@]host:port/amps[/type], tcps:// for TLS; required without --config")
    private @Nullable Endpoint server;

    @Option(
            names = "--name",
            paramLabel = "N",
            description =
                    "the client name: unique to this program, the same at each of its runs; required without --config")
    private @Nullable String name;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "a property file that says where, under which name and how, in the place of these options except"
                            + " --connect-timeout; the client then guards its name and reconnects")
    private @Nullable Path config;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "file whose first line is the password of the URI's user; else HOLDFAST_PASSWORD is used")
    private @Nullable Path passwordFile;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "PEM file to trust instead of the JDK's certificates")
    private @Nullable Path tlsCa;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM file with our certificate chain (mutual TLS)")
    private @Nullable Path tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file (PKCS#8) with our private key")
    private @Nullable Path tlsKey;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Converters.DurationConverter.class,
            description = "over DNS, TCP, TLS and logon together (default: ${DEFAULT-VALUE})")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            converter = Converters.HeartbeatConverter.class,
            description = "whole seconds, or off; a silent broker is noticed within two (default: 5s)")
    private @Nullable Heartbeat heartbeat;

    /** Where to; known once the command line was parsed. */
    public Endpoint server() {
        if (server == null) {
            throw new IllegalStateException("the command line has not been parsed");
        }
        return server;
    }

    /**
     * The property file that takes the place of the other options, apart from the deadline of connecting; {@code null} without.
     *
     * @throws ParameterException if options are given twice, or are missing
     */
    public @Nullable Path config() {
        boolean others = server != null || name != null || passwordFile != null || heartbeat != null || isTlsGiven();
        if (config != null && others) {
            throw usage("--config takes the place of --server, --name, --password-file, --heartbeat and --tls-...");
        }
        if (config == null && (server == null || name == null)) {
            throw usage("Missing required options: --server and --name, or --config");
        }
        return config;
    }

    /** Where to, for a line on the screen. */
    public String where() {
        return server == null ? "the servers of " + config : server.address();
    }

    /** The checked client name. */
    public String name() {
        if (name == null) {
            throw usage("Missing required option: '--name=N'");
        }
        try {
            LogonRequest.checkName(name);
        } catch (IllegalArgumentException e) {
            throw usage("Invalid value for option '--name': " + e.getMessage());
        }
        return name;
    }

    /** The one deadline of connecting. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Deadlines, heartbeat and TLS as the options say; a command ends with its connection. */
    public ClientOptions clientOptions() {
        return ClientOptions.DEFAULTS
                .with(Timeouts.DEFAULTS.withConnect(connectTimeout))
                .with(heartbeat == null ? Heartbeat.DEFAULT : heartbeat)
                .with(tls())
                .with(Reconnect.never());
    }

    /** The credentials: the user is the URI's, the password comes from the file, the environment, or the URI. */
    public Credentials credentials(Map<String, String> environment) {
        Credentials inUri = server().credentials();
        if (passwordFile != null) {
            if (inUri.user() == null) {
                throw usage("--password-file needs a user in --server: tcp://user@host:port/amps");
            }
            if (inUri.password() != null) {
                throw usage("the password is given twice: in --server and in --password-file");
            }
            return new Credentials(inUri.user(), PasswordFile.read(passwordFile));
        }
        String fromEnvironment = environment.get("HOLDFAST_PASSWORD");
        if (inUri.user() != null && inUri.password() == null && fromEnvironment != null) {
            return new Credentials(inUri.user(), Secret.of(fromEnvironment));
        }
        return inUri;
    }

    private boolean isTlsGiven() {
        return tlsCa != null || tlsCert != null || tlsKey != null;
    }

    private Tls tls() {
        if (!server().tls() && isTlsGiven()) {
            throw usage("--tls-... needs a server that starts with tcps://");
        }
        if ((tlsCert == null) != (tlsKey == null)) {
            throw usage("--tls-cert and --tls-key go together");
        }
        Tls tls = Tls.DEFAULTS;
        if (tlsCa != null) {
            tls = tls.trusting(readable(tlsCa));
        }
        return tlsCert == null || tlsKey == null ? tls : tls.identifiedBy(readable(tlsCert), readable(tlsKey), null);
    }

    private Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw usage("cannot read " + file);
        }
        return file;
    }

    private ParameterException usage(String message) {
        if (command == null) {
            throw new IllegalStateException("not mixed into a command");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
