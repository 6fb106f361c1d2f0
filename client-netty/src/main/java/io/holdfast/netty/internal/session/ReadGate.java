package io.holdfast.netty.internal.session;

import io.holdfast.netty.internal.frame.FrameDecoder;

/**
 * Counts the pauses of a connection: closed while there is one. Pausing stops delivery and then the socket, and suspends the
 * watch for silence, since who does not listen hears nothing. Confined to the event loop.
 */
final class ReadGate {

    private final FrameDecoder frames;
    private final HeartbeatHandler heartbeat;
    private int pauses;

    ReadGate(FrameDecoder frames, HeartbeatHandler heartbeat) {
        this.frames = frames;
        this.heartbeat = heartbeat;
    }

    void pause() {
        if (pauses++ == 0) {
            heartbeat.suspend();
            frames.pause();
        }
    }

    void resume() {
        if (pauses == 0) {
            throw new IllegalStateException("resumeReads without a pauseReads before it");
        }
        if (--pauses == 0) {
            heartbeat.resume();
            frames.resume();
        }
    }
}
