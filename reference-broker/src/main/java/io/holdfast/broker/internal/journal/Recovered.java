package io.holdfast.broker.internal.journal;

import java.util.Map;

/**
 * What was found in the folder.
 *
 * @param segments the segments, none if the folder was empty
 * @param sequences each publisher's highest sequence
 * @param lastIndex the last record's index, 0 if there never was one
 * @param lastMicros the last record's time
 */
record Recovered(Segments segments, Map<String, Long> sequences, long lastIndex, long lastMicros) {}
