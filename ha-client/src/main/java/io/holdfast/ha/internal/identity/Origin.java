package io.holdfast.ha.internal.identity;

/** Where in the application a client is being made. */
final class Origin {

    private static final String OURS = "io.holdfast.ha.";

    private Origin() {}

    /** The innermost frame of the call stack that is not the SDK's, as a line of a stack trace. */
    static String ofCall() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().startsWith(OURS))
                        .findFirst()
                        .map(frame -> frame.toStackTraceElement().toString())
                        .orElse("unknown"));
    }
}
