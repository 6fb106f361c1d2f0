package io.holdfast.netty;

import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;

/** Makes a {@link NettyConnector} for whoever looks one up with {@link java.util.ServiceLoader}. Thread-safe. */
public final class NettyConnectorProvider implements ConnectorProvider {

    /** For the service loader. */
    public NettyConnectorProvider() {}

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public Connector create() {
        return NettyConnector.create();
    }
}
