package io.holdfast.broker.internal.session;

/**
 * The instance that opened a session to replicate its log to this one.
 *
 * @param instance its name
 * @param run its current run: indexes of its log mean something only within it
 */
public record ReplicationSource(String instance, String run) {}
