package io.holdfast.ha.internal.config;

/** The layers a value can come from, weakest first: their order here is the precedence. */
public enum Layer {
    /** Built in: {@link Key#defaultText()}. */
    DEFAULT,
    /** {@code holdfast.properties} on the class path: what the program's author chose. */
    CLASS_PATH,
    /** The file named by {@code holdfast.config}: what the machine's operator chose. */
    FILE,
    /** Environment variables. */
    ENVIRONMENT,
    /** Java system properties. */
    SYSTEM,
    /** Set by the program itself. */
    CODE
}
