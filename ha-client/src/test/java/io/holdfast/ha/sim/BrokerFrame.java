package io.holdfast.ha.sim;

import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.message.Ack;
import org.jspecify.annotations.Nullable;

/** What a broker writes to a client's socket. */
sealed interface BrokerFrame {

    /** The bytes it takes there, roughly. */
    int bytes();

    /** The answer to a logon: a result, or the reason of a refusal. */
    record LogonAnswer(
            @Nullable LogonResult result, @Nullable String reason) implements BrokerFrame {
        @Override
        public int bytes() {
            return 80;
        }
    }

    /** The answer to a command, or to publishes. */
    record Answer(Ack ack) implements BrokerFrame {
        @Override
        public int bytes() {
            return 50;
        }
    }

    /** A message for subscriptions. */
    record Delivery(SimMessage message) implements BrokerFrame {
        @Override
        public int bytes() {
            return 50 + message.payload().length();
        }
    }

    /** A sign of life. */
    record Beat() implements BrokerFrame {
        @Override
        public int bytes() {
            return 20;
        }
    }
}
