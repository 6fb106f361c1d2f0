package io.holdfast.broker;

import io.holdfast.broker.cli.BrokerCommand;
import io.holdfast.broker.cli.HashPasswordCommand;

/** The program of the runnable jar: {@code java -jar holdfast-reference-broker.jar [flags]}, or {@code ... hash-password}. */
public final class BrokerMain {

    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private BrokerMain() {}

    /** Runs the command line; see {@link BrokerCommand} for flags and exit codes. */
    public static void main(String[] args) {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "holdfast-broker-logback.xml"); // before the first logger is made
        }
        System.exit(run(args));
    }

    static int run(String[] args) {
        return BrokerCommand.commandLine()
                .addSubcommand(new HashPasswordCommand())
                .execute(args);
    }
}
