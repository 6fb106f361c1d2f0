package io.holdfast.netty.internal.header;

import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.Command;
import io.holdfast.client.publish.PublishRequest;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class HeaderEncoder {

    private HeaderEncoder() {}

    /** Writes header and body of a publish that asks for {@code persisted}. */
    public static void writePublish(ByteBuf out, PublishRequest request, long sequence) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes header and body of a command.
     *
     * @param commandId zero or more, or -1 for none
     * @throws IllegalArgumentException if a text holds an unpaired surrogate; nothing of the command stays in {@code out}
     */
    public static void writeCommand(ByteBuf out, Command command, long commandId) {
        throw new UnsupportedOperationException();
    }

    /** Writes the logon command, with command id 0. */
    public static void writeLogon(ByteBuf out, LogonRequest logon, Endpoint endpoint, Credentials credentials) {
        throw new UnsupportedOperationException();
    }

    /** Writes the request to be sent heartbeats, {@code start,<seconds>}; no ack asked for. */
    public static void writeHeartbeatStart(ByteBuf out, Duration interval) {
        throw new UnsupportedOperationException();
    }

    /** Writes a sign of life, {@code beat}; no ack asked for. */
    public static void writeHeartbeat(ByteBuf out) {
        throw new UnsupportedOperationException();
    }
}
