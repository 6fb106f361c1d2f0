package io.holdfast.client;

/** What a client does when it loses its connection. */
public final class Reconnect {

    private static final Reconnect NEVER = new Reconnect();

    private Reconnect() {}

    /** It ends: every waiting call fails, the listener is told, and the application decides. */
    public static Reconnect never() {
        return NEVER;
    }

    @Override
    public String toString() {
        return "never";
    }
}
