package io.holdfast.client.connect;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SequenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * What the broker answered to a logon.
 *
 * @param clientName the name as the broker repeated it, else the one we sent
 * @param lastSequence the highest sequence that the broker holds for the name; publishing goes on above it
 * @param lastBookmark the last log position it holds for the name
 * @param brokerVersion the broker's version, untrusted text
 * @param reason the broker's remark, which a success may carry too; untrusted text
 */
public record LogonResult(
        String clientName,
        SequenceNumber lastSequence,
        @Nullable Bookmark lastBookmark,
        @Nullable String brokerVersion,
        @Nullable String reason) {}
