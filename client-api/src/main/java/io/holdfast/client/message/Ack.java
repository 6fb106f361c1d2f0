package io.holdfast.client.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A broker's answer to a command, or, without a command id, to all publishes up to a sequence number.
 *
 * @param type the stage reported
 * @param status the outcome
 * @param rawReason the broker's words, untrusted text; may be present on success too
 * @param rawCommandId the command answered, absent on a conflated publish ack
 * @param sequence for publishes: everything up to it is durable (success), or it alone was refused (failure);
 *     {@link SequenceNumber#NONE} when absent
 * @param rawBookmark the log position that goes with it, when the broker sent one
 * @param counts what the command touched; all zero unless the broker sent counters
 */
public record Ack(
        AckType type,
        AckStatus status,
        @Nullable String rawReason,
        @Nullable CommandId rawCommandId,
        SequenceNumber sequence,
        @Nullable Bookmark rawBookmark,
        AckCounts counts) {

    /** Whether the status is {@link AckStatus#SUCCESS}. */
    public boolean isSuccess() {
        return status == AckStatus.SUCCESS;
    }

    /** The broker's words, if any. Untrusted: escape them before they go into a log. */
    public Optional<String> reason() {
        return Optional.ofNullable(rawReason);
    }

    /** The command answered, if the ack names one. */
    public Optional<CommandId> commandId() {
        return Optional.ofNullable(rawCommandId);
    }

    /** The log position, if the broker sent one. */
    public Optional<Bookmark> bookmark() {
        return Optional.ofNullable(rawBookmark);
    }
}
