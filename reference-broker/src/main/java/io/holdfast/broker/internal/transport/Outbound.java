package io.holdfast.broker.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client: frames gathered in batches, counted to the byte, bounded. Sending never waits and never calls back into
 * the broker; when the bound is passed the owner is told later, on the loop. While the socket is busy the batch goes on
 * gathering, so a slow client costs what it is owed and not a buffer per message.
 *
 * <pre>
 * send --&gt; batch --64 KiB--&gt; ready --flush--&gt; channel (in flight) --&gt; socket
 * </pre>
 *
 * <p>Confined to the loop.
 */
public final class Outbound {

    private static final int BATCH_BYTES = 64 << 10;
    private static final int FIRST_BATCH_BYTES = 512;
    private static final long LINGER_MILLIS = 1_000;

    /** Up to here whoever can wait goes on sending, unless the bound is so low that half of it is less. */
    private static final int ROOM_BYTES = 256 << 10;

    private final Channel channel;
    private final FlushList flushes;
    private final int bound;
    private final Runnable tooSlow;
    private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>();
    private final List<Runnable> patient = new ArrayList<>();
    private @Nullable ByteBuf batch;
    private long readyBytes;
    private long inFlightBytes;
    private boolean listed;
    private boolean flushing;
    private boolean stalled;
    private boolean closed;
    private boolean overflowed;
    private boolean wrote;

    /**
     * An empty outbound.
     *
     * @param bound the most bytes that may wait before a further frame makes the client a slow one
     * @param tooSlow called once, later, on the loop, when that happens
     */
    public Outbound(Channel channel, FlushList flushes, int bound, Runnable tooSlow) {
        this.channel = channel;
        this.flushes = flushes;
        this.bound = bound;
        this.tooSlow = tooSlow;
    }

    /** Adds a frame of a header alone. */
    public void send(byte[] header) {
        if (admit()) {
            append(header, 0);
            listed();
        }
    }

    /** Adds a frame of header and body. */
    public void send(byte[] header, Body body) {
        if (!admit()) {
            return;
        }
        ByteBuf buffer = append(header, body.length());
        if (body.isShared()) {
            seal();
            ready.add(body.share(channel.alloc()));
            readyBytes += body.length();
        } else {
            body.copyTo(buffer);
        }
        if (buffer.readableBytes() >= BATCH_BYTES) {
            seal();
        }
        listed();
        if (readyBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /** Hands what is ready to the socket. */
    public void flush() {
        listed = false;
        if (closed || stalled || flushing) {
            return;
        }
        flushing = true;
        try {
            do {
                if (inFlightBytes == 0) {
                    seal();
                }
                if (ready.isEmpty()) {
                    break;
                }
                while (!ready.isEmpty()) {
                    write(ready.remove());
                }
                channel.flush();
            } while (inFlightBytes == 0 && !closed);
        } finally {
            flushing = false;
        }
    }

    /** Whether anything was sent since the last time of asking. */
    public boolean tookSomething() {
        boolean result = wrote;
        wrote = false;
        return result;
    }

    /** The bytes that wait. */
    public long pendingBytes() {
        return readyBytes + inFlightBytes + (batch == null ? 0 : batch.readableBytes());
    }

    /** Whether there is room for who can wait; a sender that asks before each frame never makes its client a slow one. */
    public boolean hasRoom() {
        return !closed && !overflowed && pendingBytes() < Math.min(ROOM_BYTES, bound / 2 + 1);
    }

    /** Calls back once, later, on the loop, when there is room; never if the connection ends before. */
    public void whenRoom(Runnable sender) {
        patient.add(sender);
        callThePatient();
    }

    /** Stops or resumes writing (scripted misbehaviour). */
    public void stall(boolean on) {
        stalled = on;
        if (!on) {
            flush();
        }
    }

    /** Closes the socket at once; what waits is dropped. */
    public void close() {
        if (drop()) {
            closeSocket();
        }
    }

    /** Drops what waits and takes no more, but leaves the socket as it is (scripted half-open connection). */
    public void abandon() {
        drop();
    }

    /**
     * Writes what waits, ends our direction, and closes when the peer has closed too, at the latest after a second. An immediate close
     * with unread bytes would reset the connection and might take the last ack away from the peer.
     */
    public void closeAfterFlush() {
        stalled = false;
        seal();
        while (!ready.isEmpty()) {
            write(ready.remove());
        }
        ChannelFuture last = channel.writeAndFlush(channel.alloc().buffer(0));
        if (drop()) {
            // also for a peer that reads nothing, so that the last write never ends
            var timer = channel.eventLoop().schedule(this::closeSocket, LINGER_MILLIS, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(gone -> timer.cancel(false));
            if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
                last.addListener(written -> {
                    var unused = duplex.shutdownOutput();
                });
            } else {
                last.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private void closeSocket() {
        var unused = channel.close();
    }

    private boolean admit() {
        if (closed || overflowed) {
            return false;
        }
        if (pendingBytes() > bound) {
            overflowed = true;
            channel.eventLoop().execute(tooSlow);
            return false;
        }
        wrote = true;
        return true;
    }

    private ByteBuf append(byte[] header, int bodyLength) {
        ByteBuf buffer = batch;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(FIRST_BATCH_BYTES);
            batch = buffer;
        }
        buffer.writeInt(header.length + bodyLength).writeBytes(header);
        return buffer;
    }

    private void seal() {
        if (batch != null) {
            readyBytes += batch.readableBytes();
            ready.add(batch);
            batch = null;
        }
    }

    private void listed() {
        if (!listed) {
            listed = true;
            flushes.add(this);
        }
    }

    private void write(ByteBuf buffer) {
        int bytes = buffer.readableBytes();
        readyBytes -= bytes;
        inFlightBytes += bytes;
        channel.write(buffer).addListener(written -> {
            inFlightBytes -= bytes;
            if (inFlightBytes == 0) {
                flush();
            }
            callThePatient();
        });
    }

    private void callThePatient() {
        if (!patient.isEmpty() && hasRoom()) {
            List<Runnable> called = List.copyOf(patient);
            patient.clear();
            called.forEach(channel.eventLoop()::execute);
        }
    }

    private boolean drop() {
        if (closed) {
            return false;
        }
        closed = true;
        seal();
        ready.forEach(ByteBuf::release);
        ready.clear();
        readyBytes = 0;
        patient.clear();
        return true;
    }
}
