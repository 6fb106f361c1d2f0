package io.holdfast.netty.internal.transport;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.connect.SocketOptions;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.error.Untrusted;
import io.holdfast.netty.internal.session.Deadlines;
import io.holdfast.netty.internal.session.LogonHandler;
import io.holdfast.netty.internal.session.NettyConnection;
import io.holdfast.netty.internal.session.Session;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try to make a connection: look-up, TCP to each address in turn, TLS, logon, under one deadline.
 *
 * <p>Settles once: with a connection, or with a failure after the socket is closed. Whoever completes {@link #result()} from
 * outside, by cancelling it, abandons the attempt. Confined to one event loop, which becomes the connection's; only
 * {@link #start}, {@link #abandon} and {@link #result} are for any thread.
 */
public final class ConnectAttempt implements LogonHandler.Progress {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectAttempt.class);

    private final ConnectRequest request;
    private final Endpoint endpoint;
    private final EventLoops loops;
    private final EventLoop loop;
    private final Lookups lookups;
    private final Consumer<NettyConnection> made;
    private final ConnectFuture result = new ConnectFuture();

    private Stage stage = Stage.DNS;
    private long deadlineNanos;
    private volatile boolean settled;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Future<?> lookup;
    private @Nullable Channel channel;
    private @Nullable Session session;

    /**
     * An attempt that has not begun.
     *
     * @param made is told the connection before the caller is
     */
    public ConnectAttempt(ConnectRequest request, EventLoops loops, Lookups lookups, Consumer<NettyConnection> made) {
        this.request = request;
        this.endpoint = request.endpoint();
        this.loops = loops;
        this.loop = loops.next();
        this.lookups = lookups;
        this.made = made;
    }

    /** The outcome. */
    public CompletableFuture<Connection> result() {
        return result;
    }

    /** Begins. */
    public void start() {
        var unused = result.whenComplete((connection, failure) -> {
            if (!settled) {
                abandon("the attempt was cancelled");
            }
        });
        onLoop(this::lookUp);
    }

    /** Gives up, for a reason from outside. */
    public void abandon(String reason) {
        onLoop(() -> failed(new ConnectFailedException(endpoint, stage, reason, null)));
    }

    private void lookUp() {
        if (settled) {
            return;
        }
        long timeoutNanos = Deadlines.nanos(request.timeout());
        deadlineNanos = now() + timeoutNanos;
        timer = loop.schedule(this::expired, timeoutNanos, TimeUnit.NANOSECONDS);
        try {
            lookup = lookups.run(() -> {
                Prepared prepared = prepare();
                onLoop(() -> connect(prepared));
                return prepared;
            });
        } catch (RejectedExecutionException e) {
            failed(new ConnectFailedException(endpoint, Stage.DNS, "too many look-ups wait already", e));
        }
    }

    /** On a look-up thread: everything that may block. */
    private Prepared prepare() {
        try {
            Addresses addresses = Addresses.of(endpoint, lookups);
            return new Prepared(addresses, endpoint.tls() ? TlsContexts.of(request.tls()) : null, null);
        } catch (UnknownHostException e) {
            String detail = "no address for host '" + Untrusted.escape(endpoint.host()) + "': "
                    + Untrusted.escape(e.getMessage());
            return new Prepared(null, null, new ConnectFailedException(endpoint, Stage.DNS, detail, e));
        } catch (Exception e) {
            return new Prepared(null, null, e);
        }
    }

    private void connect(Prepared prepared) {
        if (prepared.failure() != null) {
            failed(prepared.failure());
        } else if (prepared.addresses() != null) {
            connect(prepared.addresses(), 0, prepared.tls());
        }
    }

    private void connect(Addresses addresses, int index, @Nullable SslContext tls) {
        if (settled) {
            return;
        }
        stage = Stage.TCP;
        InetSocketAddress remote = addresses.remote().get(index);
        int left = addresses.remote().size() - index;
        ChannelFuture connecting = bootstrap(left, tls).connect(remote, addresses.local());
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess() || settled) {
                return;
            }
            if (left > 1) {
                LOG.debug("{} cannot be reached, trying the next address", remote, done.cause());
                connect(addresses, index + 1, tls);
            } else {
                failed(done.cause());
            }
        });
    }

    private Bootstrap bootstrap(int addressesLeft, @Nullable SslContext tls) {
        SocketOptions options = endpoint.socketOptions();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.channelType())
                .option(ChannelOption.TCP_NODELAY, options.noDelay())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, share(addressesLeft))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        session = ClientPipeline.install(made, request, tls, ConnectAttempt.this);
                    }
                });
        options.receiveBuffer().ifPresent(bytes -> bootstrap.option(ChannelOption.SO_RCVBUF, bytes));
        options.sendBuffer().ifPresent(bytes -> bootstrap.option(ChannelOption.SO_SNDBUF, bytes));
        return bootstrap;
    }

    /** An address that swallows everything must not use up the time of the next one; the last has all that is left. */
    private int share(int addressesLeft) {
        if (addressesLeft == 1) {
            return 0;
        }
        long share = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - now()) / addressesLeft;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, share));
    }

    private void expired() {
        String detail = "not done within " + request.timeout().toMillis() + " ms";
        failed(new ConnectFailedException(endpoint, stage, detail, new TimeoutException(detail)));
    }

    @Override
    public void reached(Stage reached) {
        stage = reached;
    }

    @Override
    public void loggedOn(LogonResult logon) {
        if (settled || session == null) {
            return;
        }
        settle();
        NettyConnection connection = session.start(logon);
        made.accept(connection);
        LOG.debug("logged on: {}", connection);
        if (!result.complete(connection)) {
            // cancelled at this very moment
            connection.close(Duration.ZERO);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (settled) {
            return;
        }
        settle();
        var failure = ConnectFailures.of(endpoint, stage, cause);
        if (channel == null) {
            result.completeExceptionally(failure);
        } else {
            channel.close().addListener(closed -> result.completeExceptionally(failure));
        }
    }

    private void settle() {
        settled = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (lookup != null) {
            lookup.cancel(true);
        }
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // the threads have ended: nobody is left to settle the attempt but this one
            settled = true;
            result.completeExceptionally(new ConnectFailedException(endpoint, stage, "the connector is closed", e));
        }
    }

    /** What the look-up thread brings: addresses and, for {@code tcps}, the TLS context; or a failure. */
    private record Prepared(
            @Nullable Addresses addresses,
            @Nullable SslContext tls,
            @Nullable Throwable failure) {}
}
