package io.holdfast.samples.doctor;

import io.holdfast.samples.cli.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exit codes of {@code doctor}. Those of {@link ExitCode}, but for two: it has an answer to give, and 2 is that answer, so that a
 * wrong command line has another code here.
 */
public final class DoctorExit {

    /** Two programs have one name. */
    public static final int FOUND = 2;

    /** The command line is wrong; the number is that of sysexits.h. */
    public static final int USAGE = 64;

    private DoctorExit() {}

    /** The list as picocli prints it: code to meaning, in order. */
    public static Map<String, String> listing() {
        Map<String, String> list = new LinkedHashMap<>();
        put(list, ExitCode.OK.code(), "no collision");
        put(list, ExitCode.UNEXPECTED.code(), "unexpected failure");
        put(list, FOUND, "a collision was found, whatever else happened");
        put(list, ExitCode.CONNECT_FAILED.code(), "none was found, but an admin port gave no answer");
        put(list, ExitCode.INPUT_OUTPUT.code(), "none was found, but a file could not be read to its end");
        put(list, USAGE, "wrong command line; nothing was done");
        put(list, ExitCode.INTERRUPTED.code(), "stopped by a signal (143 for SIGTERM)");
        return list;
    }

    private static void put(Map<String, String> list, int code, String meaning) {
        list.put(Integer.toString(code), meaning);
    }
}
