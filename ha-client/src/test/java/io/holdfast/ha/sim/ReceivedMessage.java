package io.holdfast.ha.sim;

import io.holdfast.client.message.Bookmark;
import org.jspecify.annotations.Nullable;

/** A message given to the application, and what it did about it. */
final class ReceivedMessage {

    private final int life;
    private final int subscription;
    private final String text;
    private final @Nullable Bookmark bookmark;
    private long event;
    private boolean acknowledged;
    private boolean kept;

    /**
     * A message that has just been given.
     *
     * @param life in which life of the program
     * @param subscription by which of its subscriptions, in all its lives
     * @param text its body
     * @param bookmark its place, on a subscription with a bookmark
     */
    ReceivedMessage(int life, int subscription, String text, @Nullable Bookmark bookmark) {
        this.life = life;
        this.subscription = subscription;
        this.text = text;
        this.bookmark = bookmark;
    }

    int life() {
        return life;
    }

    int subscription() {
        return subscription;
    }

    String text() {
        return text;
    }

    @Nullable
    Bookmark bookmark() {
        return bookmark;
    }

    /** It was acknowledged in this event of the world, and a store wrote that. */
    void acknowledged(long inEvent) {
        acknowledged = true;
        kept = true;
        event = inEvent;
    }

    /** Whether that was written is not sure: its program died there, or its disk was full. */
    void maybeForgotten() {
        acknowledged = true;
        kept = false;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Whether the next life surely knows that it was acknowledged, if that is kept across lives. */
    boolean isKept() {
        return kept;
    }

    /** In which event of the world it was acknowledged. */
    long event() {
        return event;
    }
}
