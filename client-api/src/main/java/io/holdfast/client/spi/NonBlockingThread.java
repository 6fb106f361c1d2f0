package io.holdfast.client.spi;

/**
 * Marks threads that must never wait: a transport's event loops implement it, and every blocking call of a client made on
 * such a thread is refused with {@link io.holdfast.client.error.BlockingCallRefusedException}.
 */
public interface NonBlockingThread {}
