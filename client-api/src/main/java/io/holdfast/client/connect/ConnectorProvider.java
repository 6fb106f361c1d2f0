package io.holdfast.client.connect;

/**
 * Makes a {@link Connector}; found with {@link java.util.ServiceLoader} by a client that was given none.
 *
 * <p>Exactly one provider is expected on the class path.
 */
public interface ConnectorProvider {

    /** A short name for logs, for example {@code netty}. */
    String name();

    /** A new connector that owns its threads; the caller closes it. */
    Connector create();
}
