package io.holdfast.netty.internal.transport;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what an attempt to connect ran into to the typed failure, in words that say what to do. */
final class ConnectFailures {

    private ConnectFailures() {}

    /** The failure to tell the caller. */
    static MessagingException of(Endpoint endpoint, Stage reached, Throwable caught) {
        Throwable cause = caught instanceof DecoderException && caught.getCause() != null ? caught.getCause() : caught;
        if (cause instanceof ProtocolException cut && cut.violation() == Violation.TRUNCATED_FRAME) {
            return closed(endpoint, reached, cut);
        }
        if (cause instanceof MessagingException typed) {
            return typed;
        }
        if (cause instanceof ClosedChannelException || isClosedInHandshake(cause)) {
            // not as an SSLException: time may heal it
            return closed(endpoint, reached, new ClosedChannelException());
        }
        if (cause instanceof SSLException) {
            // with TLS 1.3 the broker's refusal of our certificate comes after our side of the handshake
            return new ConnectFailedException(endpoint, Stage.TLS, tls(endpoint, cause), cause);
        }
        return new ConnectFailedException(endpoint, reached, socket(cause), cause);
    }

    /** In plain words what the native transport tells as a system call and an error number, and the JDK's with the address once more. */
    private static String socket(Throwable cause) {
        String text = text(cause);
        if (cause instanceof SocketException) {
            String small = text.toLowerCase(Locale.ROOT);
            if (small.contains("refused") || small.contains("error(-111)")) {
                return "connection refused: nothing listens there";
            }
            if (small.contains("no route to host") || small.contains("error(-113)")) {
                return "no route to host";
            }
            if (small.contains("unreachable") || small.contains("error(-101)")) {
                return "the network cannot be reached";
            }
            if (small.contains("timed out") || small.contains("error(-110)")) {
                return "the host gave no answer";
            }
        }
        return Untrusted.escape(text);
    }

    private static ConnectFailedException closed(Endpoint endpoint, Stage reached, Throwable cause) {
        return new ConnectFailedException(
                endpoint, reached, "the peer closed the connection" + closedWhile(reached), cause);
    }

    private static String closedWhile(Stage reached) {
        return switch (reached) {
            case TLS -> " during the TLS handshake; if the port is not one for TLS, use tcp://";
            case LOGON -> " before it answered the logon; if the port is one for TLS, use tcps://";
            default -> "";
        };
    }

    private static String tls(Endpoint endpoint, Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "the peer does not speak TLS on this port: use tcp://, or the port for TLS";
        }
        if (find(cause, CertificateExpiredException.class) != null) {
            return "a certificate of the broker has expired: renew it (or set this machine's clock)";
        }
        if (find(cause, CertificateNotYetValidException.class) != null) {
            return "a certificate of the broker is not valid yet: set the clocks";
        }
        if (find(cause, CertPathBuilderException.class) != null) {
            return "the broker's certificate is not trusted: name the PEM file of its CA with Tls.trusting";
        }
        CertificateException refused = find(cause, CertificateException.class);
        if (refused != null && isNameMismatch(refused)) {
            return "the broker's certificate is for another host than " + endpoint.host()
                    + ": connect by a name that it holds (" + Untrusted.escape(refused.getMessage()) + ")";
        }
        String text = text(cause);
        if (text.contains("certificate_required") || text.contains("bad_certificate")) {
            return "the broker refused our certificate, or asks for one: see Tls.identifiedBy ("
                    + Untrusted.escape(text) + ")";
        }
        return Untrusted.escape(text);
    }

    /** By the JDK's words, since it has no type for it. */
    private static boolean isNameMismatch(CertificateException refused) {
        String text = text(refused);
        return text.contains("No subject alternative") || text.contains("No name matching");
    }

    private static boolean isClosedInHandshake(Throwable cause) {
        return cause instanceof SSLException && text(cause).startsWith("Connection closed while SSL/TLS handshake");
    }

    private static <T extends Throwable> @Nullable T find(Throwable from, Class<T> type) {
        Throwable at = from;
        for (int depth = 0; at != null && depth < 20; depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
