package io.holdfast.client.connect;

/** What the client calls itself at logon. */
final class Version {

    static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "holdfast-" + (version == null ? "dev" : version) + ":java";
    }
}
