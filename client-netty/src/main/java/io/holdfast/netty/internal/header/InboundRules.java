package io.holdfast.netty.internal.header;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Topic;

/** What a frame from a broker must be and have, beyond a header that can be read. Without state. */
final class InboundRules {

    private InboundRules() {}

    /** Checks a frame that has been read. */
    static void check(InboundFrame frame) {
        switch (frame.type()) {
            case PUBLISH, SOW, OOF -> {
                require(frame, HeaderField.TOPIC);
                if (frame.topic().equals(Topic.NONE)) {
                    throw bad(frame, HeaderField.TOPIC);
                }
            }
            case ACK -> {
                require(frame, HeaderField.ACK_TYPE);
                require(frame, HeaderField.STATUS);
                if (frame.ackType() == null) {
                    throw bad(frame, HeaderField.ACK_TYPE);
                }
                if (frame.status() == null) {
                    throw bad(frame, HeaderField.STATUS);
                }
            }
            case GROUP_BEGIN, GROUP_END, HEARTBEAT -> {}
            default ->
                throw new ProtocolException(
                        Violation.UNEXPECTED_COMMAND,
                        frame.fields().start(HeaderField.CMD),
                        "'" + frame.type().word() + "', which only a client may send");
        }
    }

    private static void require(InboundFrame frame, HeaderField field) {
        if (!frame.has(field)) {
            throw new ProtocolException(
                    Violation.MISSING_FIELD, -1, "'" + frame.type().word() + "' without '" + field.longKey() + "'");
        }
    }

    private static ProtocolException bad(InboundFrame frame, HeaderField field) {
        return new ProtocolException(
                Violation.BAD_FIELD,
                frame.fields().start(field),
                "'" + field.longKey() + "' is '" + Untrusted.escape(frame.text(field)) + "'");
    }
}
