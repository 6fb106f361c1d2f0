package io.holdfast.netty;

import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what a connection delivers; {@link #onEach} may do more. */
public final class RecordingSink implements InboundSink {

    public final List<String> bodies = new CopyOnWriteArrayList<>();
    public final List<Ack> publishAcks = new CopyOnWriteArrayList<>();
    public volatile Consumer<Message> onEach = message -> {};

    @Override
    public void onMessage(Message message) {
        bodies.add(message.payload().utf8());
        onEach.accept(message);
    }

    @Override
    public void onPublishAck(Ack ack) {
        publishAcks.add(ack);
    }
}
