package io.holdfast.ha.identity;

/** Where a client name came from, for logs and messages: whoever reads them must know what to change. */
public enum NameSource {
    /** The whole name was given. */
    EXPLICIT("holdfast.client.name"),
    /** Made from the application and an orchestrator's ordinal. */
    INSTANCE("holdfast.client.instance"),
    /** Made from the application and the name of a StatefulSet's pod. */
    KUBERNETES("holdfast.identity.kubernetes"),
    /** Made once from the template and kept in a slot of the state folder. */
    SLOT("holdfast.app"),
    /** Made from the template for this process only. */
    EPHEMERAL("holdfast.identity.mode");

    private final String property;

    NameSource(String property) {
        this.property = property;
    }

    /** The property that decided. */
    public String property() {
        return property;
    }
}
