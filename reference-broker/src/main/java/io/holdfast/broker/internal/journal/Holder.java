package io.holdfast.broker.internal.journal;

import io.holdfast.client.error.Untrusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Who has a journal, as one line in a file: for the message that the next one gets. */
final class Holder {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private Holder() {}

    /** This process. */
    static String here(String instance, Instant now) {
        return "pid=" + ProcessHandle.current().pid() + " host=" + host() + " instance=" + instance + " since=" + now
                + "\n";
    }

    /** What the file says, fit for a message. */
    static String shown(String text) {
        return text.isBlank() ? "another process, which has not said yet who it is" : Untrusted.escape(text.strip());
    }

    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            String name = System.getenv("COMPUTERNAME"); // where there is no such file
            return name == null ? "unknown" : name;
        }
    }
}
