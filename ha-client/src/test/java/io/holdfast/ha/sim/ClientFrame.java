package io.holdfast.ha.sim;

import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.Command;
import io.holdfast.client.publish.PublishRequest;

/** What a client writes to its socket. */
sealed interface ClientFrame {

    /** The bytes it takes there, roughly. */
    int bytes();

    /** Takes the name. */
    record Logon(LogonRequest request, Credentials credentials) implements ClientFrame {
        @Override
        public int bytes() {
            return 60 + request.clientName().length();
        }
    }

    /** A message under its number. */
    record Publish(PublishRequest request, long sequence) implements ClientFrame {
        @Override
        public int bytes() {
            return 24 + request.topic().utf8Length() + request.payload().length();
        }
    }

    /** Any other command; id -1 if it asks for no answer. */
    record Order(long id, Command command) implements ClientFrame {
        @Override
        public int bytes() {
            return 40 + command.payload().length();
        }
    }

    /** Asks for heartbeats, or is one (interval 0). */
    record Beat(long intervalNanos) implements ClientFrame {
        @Override
        public int bytes() {
            return 28;
        }
    }
}
