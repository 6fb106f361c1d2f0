package io.holdfast.broker;

import io.holdfast.broker.internal.admin.AdminServer;
import io.holdfast.broker.internal.auth.PasswordChecker;
import io.holdfast.broker.internal.auth.UsersFile;
import io.holdfast.broker.internal.command.Arrivals;
import io.holdfast.broker.internal.fault.ScriptedFaults;
import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.replay.Replays;
import io.holdfast.broker.internal.replication.Replication;
import io.holdfast.broker.internal.replication.ReplicationTarget;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.transport.BrokerLoop;
import io.holdfast.broker.internal.transport.Listener;
import io.holdfast.broker.internal.transport.TlsMaterial;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running broker. Start it on port 0 in a test, embed it in a sample, or run it with {@link BrokerMain}. It is for development,
 * tests and samples: without a data folder what it knows lives in memory and ends with it.
 *
 * <p>All methods may be called from any thread.
 */
public final class ReferenceBroker implements AutoCloseable {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);

    private final BrokerConfig config;
    private final BrokerLoop loop;
    private final BrokerParts parts;
    private final @Nullable PasswordChecker passwords;
    private final Faults faults;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean logFailed;
    // set once, before start() hands the broker out
    private volatile @Nullable Listener listener;
    private volatile @Nullable AdminServer admin;

    private ReferenceBroker(
            BrokerConfig config, @Nullable SslContext tls, @Nullable PasswordChecker passwords, BrokerLoop loop) {
        this.config = config;
        this.loop = loop;
        this.passwords = passwords;
        parts = BrokerParts.assemble(config, loop, tls, passwords, this::logFailed);
        faults = new ScriptedFaults(loop, parts.arrivals(), parts.registry(), parts.exit(), parts.flushes());
    }

    /**
     * Starts a broker; when this returns it takes connections.
     *
     * @throws BrokerStartException if it cannot; nothing is left open then
     */
    public static ReferenceBroker start(BrokerConfig config) {
        SslContext tls = config.tlsCertificate().isPresent() && config.tlsKey().isPresent()
                ? TlsMaterial.load(
                        config.tlsCertificate().get(), config.tlsKey().get())
                : null;
        PasswordChecker passwords = config.users().isPresent()
                ? new PasswordChecker(UsersFile.read(config.users().get()), config.instance())
                : null;
        BrokerLoop loop = new BrokerLoop(config.instance());
        ReferenceBroker broker;
        try {
            broker = new ReferenceBroker(config, tls, passwords, loop);
        } catch (JournalException e) {
            loop.stop();
            if (passwords != null) {
                passwords.close();
            }
            throw new BrokerStartException(BrokerStartException.Cause.BAD_JOURNAL, String.valueOf(e.getMessage()), e);
        }
        try {
            broker.listen();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private void listen() {
        listener = Listener.open(loop, config.bind(), config.port(), parts.arrivals());
        if (config.adminPort() >= 0) {
            admin = AdminServer.start(config.bind(), config.adminPort(), config.instance(), this::clients);
        }
        config.replicateTo().forEach(this::replicateTo);
    }

    /** The clients' port. */
    public int port() {
        Listener open = listener;
        return open == null ? -1 : open.port();
    }

    /** The admin port, -1 if there is none. */
    public int adminPort() {
        AdminServer open = admin;
        return open == null ? -1 : open.port();
    }

    /** The URI that a client on this machine connects to: {@code tcp://127.0.0.1:9007/amps/json}, or {@code tcps}. */
    public String uri() {
        return (config.tlsCertificate().isPresent() ? "tcps" : "tcp") + "://" + host() + ":" + port() + "/amps/json";
    }

    /** The root of the admin pages, or {@code off}. */
    public String adminUri() {
        return adminPort() < 0 ? "off" : "http://" + host() + ":" + adminPort();
    }

    private String host() {
        return switch (config.bind()) {
            case "0.0.0.0", "::", "0:0:0:0:0:0:0:0" -> "127.0.0.1";
            default -> config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
        };
    }

    /**
     * Sends the log to one more instance from now on, asynchronously, from its start; see {@link BrokerConfig.Builder#replicateTo}.
     *
     * @throws IllegalStateException if this instance has no transaction log
     */
    public void replicateTo(URI target) {
        Replication replication = parts.replication();
        if (replication == null) {
            throw new IllegalStateException("replication needs a transaction log");
        }
        ReplicationTarget to = ReplicationTarget.of(target);
        loop.ask(
                () -> {
                    replication.to(to);
                    return true;
                },
                ANSWER_DEADLINE);
    }

    /** Who is logged on, oldest first. */
    public List<ClientInfo> clients() {
        return loop.ask(() -> parts.registry().snapshot(), ANSWER_DEADLINE);
    }

    /**
     * Waits until the broker is closed, by {@link #close} or by itself because its log failed.
     *
     * @return false if its log failed; all that it had acknowledged as persisted is kept then
     */
    public boolean awaitClosed() throws InterruptedException {
        ended.await();
        return !logFailed;
    }

    /** Scripted misbehaviour. */
    public Faults faults() {
        return faults;
    }

    /** Closes all sockets and ends all threads, within a few seconds; connections are closed without a word. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // or every wait would be over before it began, and all stay open
        try {
            closeAll();
        } finally {
            ended.countDown();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeAll() {
        Listener listening = listener;
        if (listening != null) {
            listening.close();
        }
        AdminServer serving = admin;
        if (serving != null) {
            serving.close();
        }
        try {
            loop.ask(this::endSessions, ANSWER_DEADLINE);
        } finally {
            try {
                closeLog();
            } finally {
                if (passwords != null) {
                    passwords.close();
                }
                loop.stop();
            }
        }
    }

    private boolean endSessions() {
        Replication replication = parts.replication();
        if (replication != null) {
            replication.close();
        }
        Arrivals arrivals = parts.arrivals();
        for (Session session : arrivals.connected()) {
            session.out().flush();
            parts.exit().end(session, DisconnectReason.BROKER_CLOSED, null);
        }
        return true;
    }

    // on the broker's thread, which cannot wait for its own end
    private void logFailed() {
        logFailed = true;
        Thread stop = new Thread(this::close, "holdfast-broker-" + config.instance() + "-stop");
        stop.setDaemon(true);
        stop.start();
    }

    private void closeLog() {
        Replays replays = parts.replays();
        if (replays != null) {
            replays.close();
        }
        TransactionLog log = parts.log();
        if (log != null) {
            loop.ask(
                    () -> {
                        log.close();
                        return true;
                    },
                    ANSWER_DEADLINE);
        }
    }

    @Override
    public String toString() {
        return "ReferenceBroker[" + config.instance() + " " + uri() + "]";
    }
}
