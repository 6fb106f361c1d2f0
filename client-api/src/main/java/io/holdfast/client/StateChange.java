package io.holdfast.client;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.MessagingException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transition of a client, with its cause and what follows from it; immutable.
 *
 * @param from the state before
 * @param to the state now
 * @param endpoint the server it is about: the one being connected to, or the one just lost; {@code null} if there is none
 * @param disconnect how the connection ended, when the transition was made because it did
 * @param failure what failed otherwise: the attempt, the resume, or why it gave up ({@link ClientState#FAILED}) or stands by
 *     ({@link ClientState#STANDBY})
 * @param attempt how many attempts were made since the last stable session, the current one included; 0 after a stable session
 * @param delay how long {@link ClientState#BACKOFF} lasts unless it is cut short; zero for every other state
 * @param at when, by the wall clock
 */
public record StateChange(
        ClientState from,
        ClientState to,
        @Nullable Endpoint endpoint,
        @Nullable Disconnect disconnect,
        @Nullable MessagingException failure,
        int attempt,
        Duration delay,
        Instant at) {}
