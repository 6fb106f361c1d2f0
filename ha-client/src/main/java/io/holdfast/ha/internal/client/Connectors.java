package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.ConnectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the transports on the class path, for a builder that was given none. */
public final class Connectors {

    private Connectors() {}

    /** Every provider that the thread's class loader sees, else those that our own sees. */
    public static List<ConnectorProvider> providers() {
        List<ConnectorProvider> found = new ArrayList<>();
        ServiceLoader.load(ConnectorProvider.class).forEach(found::add);
        if (found.isEmpty()) {
            ServiceLoader.load(ConnectorProvider.class, Connectors.class.getClassLoader())
                    .forEach(found::add);
        }
        return found;
    }

    /** Why these providers, none or several, give no transport, and what to do. */
    public static String explain(List<ConnectorProvider> found) {
        if (found.isEmpty()) {
            return "connector: no transport on the class path; add the artifact io.holdfast:holdfast-client-netty,"
                    + " or set connector(...)";
        }
        List<String> names = found.stream().map(ConnectorProvider::name).toList();
        return "connector: " + found.size() + " transports on the class path " + names
                + "; keep one, or set connector(...)";
    }
}
