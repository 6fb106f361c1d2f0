package io.holdfast.samples.cli;

import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.BlockingCallRefusedException;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.error.IdentityCopiedException;
import io.holdfast.client.error.IdentityDamagedException;
import io.holdfast.client.error.IdentityInUseException;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.error.IdentityMovedException;
import io.holdfast.client.error.IdentityUnavailableException;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.NameCollisionException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.PublishDroppedException;
import io.holdfast.client.error.PublishInDoubtException;
import io.holdfast.client.error.PublishRefusedException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.client.error.SequenceExhaustedException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.SubscriptionOverflowException;
import io.holdfast.client.error.TakeOverRefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of every command: the one list that {@code --help} prints and scripts may rely on. */
public enum ExitCode {
    /** Everything asked for was done. */
    OK(0, "done; publish: the broker confirmed every message"),
    /** A mistake of the program. */
    UNEXPECTED(1, "unexpected failure"),
    /** The command line or the configuration is wrong; nothing was done. */
    USAGE(2, "wrong command line or configuration; nothing was done"),
    /** No connection: DNS, TCP, TLS, the deadline, or a peer that does not speak the protocol. */
    CONNECT_FAILED(3, "no connection: DNS, TCP, TLS, deadline, or the peer does not speak the protocol"),
    /** The broker refused the logon. */
    LOGON_REFUSED(4, "the broker refused the logon"),
    /** The connection was lost after logon. */
    CONNECTION_LOST(5, "the connection was lost after logon (a bare close may be an eviction)"),
    /** The broker refused a command or a message. */
    REFUSED(6, "the broker refused the subscription or a message"),
    /** A deadline passed. */
    TIMEOUT(7, "a deadline passed: --timeout, or the broker did not answer"),
    /** Standard input or output, or a durable store, failed. */
    INPUT_OUTPUT(8, "standard input or output or a store failed, or a line is larger than a frame"),
    /** The client name cannot be had, or was lost. */
    NO_NAME(9, "the client name is in use, copied, moved, damaged or lost, or its folder cannot be used"),
    /** Stopped by a signal, after a clean close. */
    INTERRUPTED(130, "stopped by a signal, after a clean close (143 for SIGTERM)");

    private static final Map<Class<? extends MessagingException>, ExitCode> BY_FAILURE = Map.ofEntries(
            Map.entry(ConnectFailedException.class, CONNECT_FAILED),
            Map.entry(ProtocolException.class, CONNECT_FAILED),
            Map.entry(LogonRefusedException.class, LOGON_REFUSED),
            Map.entry(DisconnectedException.class, CONNECTION_LOST),
            Map.entry(NotConnectedException.class, CONNECTION_LOST),
            Map.entry(ClientClosedException.class, CONNECTION_LOST),
            Map.entry(CommandRefusedException.class, REFUSED),
            Map.entry(PublishDroppedException.class, REFUSED),
            Map.entry(PublishInDoubtException.class, CONNECTION_LOST),
            Map.entry(PublishRefusedException.class, REFUSED),
            Map.entry(ReconnectGaveUpException.class, CONNECT_FAILED),
            Map.entry(SequenceExhaustedException.class, NO_NAME),
            Map.entry(CommandTimedOutException.class, TIMEOUT),
            Map.entry(BackPressureException.class, TIMEOUT),
            Map.entry(FrameTooLargeException.class, INPUT_OUTPUT),
            Map.entry(IdentityCopiedException.class, NO_NAME),
            Map.entry(IdentityDamagedException.class, NO_NAME),
            Map.entry(IdentityInUseException.class, NO_NAME),
            Map.entry(IdentityLostException.class, NO_NAME),
            Map.entry(IdentityMovedException.class, NO_NAME),
            Map.entry(IdentityUnavailableException.class, NO_NAME),
            Map.entry(NameCollisionException.class, NO_NAME),
            Map.entry(TakeOverRefusedException.class, NO_NAME),
            Map.entry(StoreException.class, INPUT_OUTPUT),
            Map.entry(SubscriptionOverflowException.class, UNEXPECTED),
            Map.entry(BlockingCallRefusedException.class, UNEXPECTED));

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The code of a failure; {@link #UNEXPECTED} for what is not one of ours. */
    public static ExitCode of(Throwable failure) {
        if (failure instanceof CommandFailure known) {
            return known.exitCode();
        }
        return BY_FAILURE.getOrDefault(failure.getClass(), UNEXPECTED);
    }

    /** Whether a failure of this class was given a code on purpose. */
    static boolean isListed(Class<?> failure) {
        return BY_FAILURE.containsKey(failure);
    }

    /** The list as picocli prints it: code to meaning, in order. */
    public static Map<String, String> listing() {
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitCode each : values()) {
            list.put(Integer.toString(each.code), each.meaning);
        }
        return list;
    }

    /** The number the process exits with. */
    public int code() {
        return code;
    }
}
