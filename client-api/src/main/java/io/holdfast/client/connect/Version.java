package io.holdfast.client.connect;

/** What the client calls itself at logon. */
public final class Version {

    /** For example {@code holdfast-0.1.0:java}. */
    public static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "holdfast-" + (version == null ? "dev" : version) + ":java";
    }
}
