package io.holdfast.samples.doctor.read;

import io.holdfast.samples.doctor.evidence.LogEvent;
import java.util.function.Consumer;

/**
 * Knows one form of lines. To read another form, write one of these and list it in {@link LogReader}.
 *
 * <p>One for each file: it may remember what a block of lines began with. Never throws, whatever the line.
 */
interface LineParser {

    /** Whether the line is of this form, with or without an event in it. */
    boolean take(LogLine line, Consumer<LogEvent> events);

    /** The file is over, or a line of another form came: a block that was begun is as complete as it will be. */
    default void flush(Consumer<LogEvent> events) {}
}
