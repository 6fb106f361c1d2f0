package io.holdfast.client.publish;

import java.time.Duration;

/**
 * How full a client's publish store is, at one instant.
 *
 * @param stored messages that are not settled: not confirmed, refused or dropped
 * @param bytes what they take of the bound in bytes: body, topic, and a fixed 64 bytes for each
 * @param oldestAge since when the oldest of them is stored, restarts included; zero if there is none
 * @param inDoubt how many of them are in doubt; see {@link InDoubt}
 * @param unacknowledged how many were written on this connection and are not confirmed
 * @param maxMessages the bound on {@code stored}
 * @param maxBytes the bound on {@code bytes}; one message may exceed it
 * @param lastId the highest {@link PublishResult#id()} given so far, by earlier processes on the same file store too; 0 if none
 */
public record PublishStoreStatus(
        int stored,
        long bytes,
        Duration oldestAge,
        int inDoubt,
        int unacknowledged,
        int maxMessages,
        long maxBytes,
        long lastId) {

    /** Messages stored that wait to be written: while there is no connection, or it takes less than is published. */
    public int waiting() {
        return stored - inDoubt - unacknowledged;
    }
}
