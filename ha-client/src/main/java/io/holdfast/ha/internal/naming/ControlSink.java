package io.holdfast.ha.internal.naming;

import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;
import io.holdfast.ha.internal.collision.CollisionEvent;
import io.holdfast.ha.internal.collision.StatusEventReader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a control delivers to: passes on what is about our name, and about other programs' controls for it, and forgets the rest. On the control's thread.
 *
 * <p>Whoever can log on can make events under our name; no more than {@value #MOST_WAITING} wait to be looked at.
 */
final class ControlSink implements InboundSink {

    /** The most events of one control that wait. */
    static final int MOST_WAITING = 1_024;

    private final long control;
    private final String clientName;
    private final String companions;
    private final StatusEventReader reader;
    private final ControlLinks.Told told;
    private final Runnable overflow;
    private final AtomicInteger waiting = new AtomicInteger();

    /** A sink of this control; {@code overflow} is run for each event that is passed over. */
    ControlSink(long control, String clientName, StatusEventReader reader, ControlLinks.Told told, Runnable overflow) {
        this.control = control;
        this.clientName = clientName;
        this.companions = clientName + ControlName.INFIX;
        this.reader = reader;
        this.told = told;
        this.overflow = overflow;
    }

    @Override
    public void onMessage(Message message) {
        if (message.payload().length() > StatusEventReader.MAX_LENGTH) {
            return;
        }
        reader.read(message.payload().utf8())
                .filter(event -> event.clientName().equals(clientName)
                        || event.clientName().startsWith(companions))
                .ifPresent(event -> {
                    if (waiting.incrementAndGet() > MOST_WAITING) {
                        waiting.decrementAndGet();
                        overflow.run(); // what is passed over may be the one that matters: it sees no more
                        return;
                    }
                    told.post(() -> {
                        waiting.decrementAndGet();
                        told.event(
                                event.clientName().equals(clientName)
                                        ? new CollisionEvent.StatusSeen(control, event)
                                        : new CollisionEvent.CompanionSeen(control, event));
                    });
                });
    }

    @Override
    public void onPublishAck(Ack ack) {
        // nothing is published here
    }
}
