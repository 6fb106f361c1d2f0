package io.holdfast.it.program;

import java.time.Duration;

/** A program that a test stops, kills, freezes and starts again; it keeps its files meanwhile. */
public interface Program extends AutoCloseable {

    /** How long it may take to end. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /** All that it said so far, in all its runs, standard output and standard error. */
    String log();

    /** Whether it runs. */
    boolean isRunning();

    /** Stops it in its tracks: its sockets stay open, and nothing answers. */
    void pause();

    /** Takes {@link #pause()} back. */
    void unpause();

    /** Asks it to end, and waits until it has. */
    void stop();

    /** Ends it by {@code kill -9}, and waits until it is gone. */
    void kill();

    /** Starts it again after it ended: in a container, the same container. */
    void startAgain();

    /** Kills it if it runs, and removes what it left. */
    @Override
    void close();
}
