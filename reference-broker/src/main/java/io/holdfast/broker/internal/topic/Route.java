package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.HeaderWriter;
import io.holdfast.broker.internal.wire.Verb;
import java.util.List;

/**
 * From one topic to one connection: which of its subscriptions match, and the header that says so, written once for all messages
 * that need no more than topic and ids.
 */
final class Route {

    private final Session session;
    private final String topic;
    private final String sids;
    private final boolean bookmarks;
    private final boolean timestamps;
    private final byte[] plainHeader;

    Route(String topic, List<Subscription> matching, HeaderWriter writer) {
        this.session = matching.get(0).session();
        this.topic = topic;
        this.sids = String.join(",", matching.stream().map(Subscription::id).toList());
        this.bookmarks = matching.stream().anyMatch(s -> s.options().bookmarks());
        this.timestamps = matching.stream().anyMatch(s -> s.options().timestamps());
        this.plainHeader = writer.write(header().build());
    }

    Session session() {
        return session;
    }

    boolean bookmarks() {
        return bookmarks;
    }

    boolean timestamps() {
        return timestamps;
    }

    /** About what it takes to keep: ids and topic as texts and as the header. */
    long bytes() {
        return 2L * plainHeader.length;
    }

    byte[] plainHeader() {
        return plainHeader;
    }

    Header.Builder header() {
        return Header.of(Verb.PUBLISH).set(Field.TOPIC, topic).set(Field.SIDS, sids);
    }
}
