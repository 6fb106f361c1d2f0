package io.holdfast.broker;

import static java.util.Objects.requireNonNull;

import io.holdfast.broker.internal.replication.ReplicationTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ReferenceBroker} is started with; immutable. The defaults are those of a broker embedded in a test: loopback,
 * any free ports, transaction log on, no authentication, no TLS.
 */
public final class BrokerConfig {

    private final Builder values;

    private BrokerConfig(Builder values) {
        this.values = values;
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults. */
    public static BrokerConfig defaults() {
        return builder().build();
    }

    /** The address to listen on, for clients and for the admin pages. */
    public String bind() {
        return values.bind;
    }

    /** The clients' port; 0 for any free one. */
    public int port() {
        return values.port;
    }

    /** The admin port; 0 for any free one, -1 for none. */
    public int adminPort() {
        return values.adminPort;
    }

    /** The instance's name, part of the connection names. */
    public String instance() {
        return values.instance;
    }

    /** Whether the instance behaves as one with a transaction log: client names are unique and publish acks conflated. */
    public boolean transactionLog() {
        return values.transactionLog;
    }

    /** The folder that the transaction log is kept in; without one it is in memory, and ends with the broker. */
    public Optional<Path> data() {
        return Optional.ofNullable(values.data);
    }

    /** How the transaction log is kept in {@link #data()}. */
    public JournalOptions journal() {
        return values.journal;
    }

    /** The file of users and passwords; authentication is off without it. */
    public Optional<Path> users() {
        return Optional.ofNullable(values.users);
    }

    /** The PEM file with the certificate chain; TLS is off without it. */
    public Optional<Path> tlsCertificate() {
        return Optional.ofNullable(values.tlsCertificate);
    }

    /** The PEM file with the certificate's private key (PKCS#8, not encrypted). */
    public Optional<Path> tlsKey() {
        return Optional.ofNullable(values.tlsKey);
    }

    /** The instances that the log is replicated to. */
    public List<URI> replicateTo() {
        return values.replicateTo;
    }

    /** Whether other instances may replicate to this one. */
    public boolean acceptReplication() {
        return values.acceptReplication;
    }

    /** The bounds. */
    public BrokerLimits limits() {
        return values.limits;
    }

    /** Where the operator's log lines go, or {@code null} for SLF4J. */
    public @Nullable Consumer<String> operatorLog() {
        return values.operatorLog;
    }

    /** Collects the values. Not thread-safe. */
    public static final class Builder implements Cloneable {

        private String bind = "127.0.0.1";
        private int port;
        private int adminPort;
        private String instance = "holdfast";
        private boolean transactionLog = true;
        private @Nullable Path data;
        private JournalOptions journal = JournalOptions.DEFAULTS;
        private @Nullable Path users;
        private @Nullable Path tlsCertificate;
        private @Nullable Path tlsKey;
        private List<URI> replicateTo = List.of();
        private boolean acceptReplication;
        private BrokerLimits limits = BrokerLimits.DEFAULTS;
        private @Nullable Consumer<String> operatorLog;

        private Builder() {}

        /** Sets the address to listen on; default {@code 127.0.0.1}. */
        public Builder bind(String address) {
            bind = requireNonNull(address, "address");
            return this;
        }

        /** Sets the clients' port; default 0, any free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Sets the admin port; default 0, any free one; -1 for no admin pages. */
        public Builder adminPort(int value) {
            adminPort = value;
            return this;
        }

        /** Sets the instance's name: 1 to 64 letters, digits, dots, dashes and underscores; default {@code holdfast}. */
        public Builder instance(String name) {
            instance = requireNonNull(name, "name");
            return this;
        }

        /** Sets whether there is a transaction log; default true. */
        public Builder transactionLog(boolean on) {
            transactionLog = on;
            return this;
        }

        /** Sets the folder that the transaction log is kept in; default none, it is in memory. */
        public Builder data(@Nullable Path folder) {
            data = folder;
            return this;
        }

        /** Sets how the transaction log is kept in the folder; default {@link JournalOptions#DEFAULTS}. */
        public Builder journal(JournalOptions value) {
            journal = requireNonNull(value, "value");
            return this;
        }

        /** Sets the file of users; default none, authentication off. */
        public Builder users(@Nullable Path file) {
            users = file;
            return this;
        }

        /** Sets the PEM files of TLS; default none, TLS off. */
        public Builder tls(@Nullable Path certificate, @Nullable Path key) {
            tlsCertificate = certificate;
            tlsKey = key;
            return this;
        }

        /**
         * Sets the instances that the log is sent to, asynchronously: {@code tcp://[user:password@]host:port}; default none. A test aid,
         * not a cluster: nobody waits for the other side. It needs {@link #acceptReplication} there, and another instance name.
         */
        public Builder replicateTo(List<URI> targets) {
            replicateTo = List.copyOf(targets);
            return this;
        }

        /** Sets the only instance that the log is sent to; see {@link #replicateTo(List)}. */
        public Builder replicateTo(URI target) {
            return replicateTo(List.of(target));
        }

        /** Sets whether other instances may replicate to this one, in the name of any publisher; default false. */
        public Builder acceptReplication(boolean on) {
            acceptReplication = on;
            return this;
        }

        /** Sets the bounds; default {@link BrokerLimits#DEFAULTS}. */
        public Builder limits(BrokerLimits value) {
            limits = requireNonNull(value, "value");
            return this;
        }

        /**
         * Sets where the operator's log lines go; default SLF4J, logger {@code io.holdfast.broker.operator}. One call is one
         * record, which may be several lines, without a line end. It is called on the broker's thread and must not block.
         */
        public Builder operatorLog(@Nullable Consumer<String> sink) {
            operatorLog = sink;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public BrokerConfig build() {
            inRange("port", port, 0);
            inRange("admin port", adminPort, -1);
            if (bind.isBlank()) {
                throw new IllegalArgumentException("the address to bind is empty");
            }
            if (!instance.matches("[A-Za-z0-9._-]{1,64}")) {
                throw new IllegalArgumentException(
                        "an instance name has 1..64 letters, digits, dots, dashes and underscores");
            }
            if ((tlsCertificate == null) != (tlsKey == null)) {
                throw new IllegalArgumentException("TLS needs both a certificate and a key");
            }
            replicateTo.forEach(ReplicationTarget::of);
            if (!transactionLog && (acceptReplication || !replicateTo.isEmpty())) {
                throw new IllegalArgumentException("replication needs a transaction log");
            }
            return new BrokerConfig(copy());
        }

        private static void inRange(String name, int value, int least) {
            if (value < least || value > 65_535) {
                throw new IllegalArgumentException(name + " is " + least + "..65535, not " + value);
            }
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
