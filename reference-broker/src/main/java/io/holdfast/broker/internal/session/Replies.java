package io.holdfast.broker.internal.session;

import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Composes acks; sends only those asked for. */
public final class Replies {

    // what nearly every command asks for, so that a publish makes no set of its own
    private static final Set<AckType> NONE = Set.of();
    private static final Set<AckType> PERSISTED = Set.of(AckType.PERSISTED);
    private static final Set<AckType> PROCESSED = Set.of(AckType.PROCESSED);

    private Replies() {}

    /** The acks that a command asks for; words we do not know are ignored. */
    public static Set<AckType> wanted(Header header) {
        String list = header.get(Field.ACK_TYPE);
        if (list == null) {
            return NONE;
        }
        return switch (list) {
            case "none" -> NONE;
            case "persisted" -> PERSISTED;
            case "processed" -> PROCESSED;
            default -> parse(list);
        };
    }

    private static Set<AckType> parse(String list) {
        Set<AckType> wanted = EnumSet.noneOf(AckType.class);
        for (String word : list.split(",", -1)) {
            for (AckType type : AckType.values()) {
                if (type.word().equals(word.strip())) {
                    wanted.add(type);
                }
            }
        }
        return wanted;
    }

    /** An ack's common fields. */
    public static Header.Builder ack(Header command, AckType type, AckStatus status) {
        return Header.of(Verb.ACK)
                .set(Field.CMD_ID, command.get(Field.CMD_ID))
                .set(Field.ACK_TYPE, type.word())
                .set(Field.STATUS, status.word());
    }

    /** Sends one success, if asked for. */
    public static void succeed(Session session, Header command, AckType type) {
        if (wanted(command).contains(type)) {
            session.send(ack(command, type, AckStatus.SUCCESS).build());
        }
    }

    /** Says that a command arrived, if asked for. */
    public static void received(Session session, Header command) {
        succeed(session, command, AckType.RECEIVED);
    }

    /** Sends the refusal of a command: as its processed ack if it asked for that, else as the first one it asked for. */
    public static void refuse(Session session, Header command, String reason) {
        AckType type = refusalType(wanted(command));
        if (type != null) {
            session.send(ack(command, type, AckStatus.FAILURE)
                    .set(Field.REASON, reason)
                    .build());
        }
    }

    private static @Nullable AckType refusalType(Set<AckType> wanted) {
        for (AckType type : wanted) {
            if (type != AckType.RECEIVED) {
                return type;
            }
        }
        return null;
    }
}
