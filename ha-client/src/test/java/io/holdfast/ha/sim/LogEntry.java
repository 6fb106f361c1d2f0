package io.holdfast.ha.sim;

import io.holdfast.client.publish.PublishRequest;

/**
 * A message in a broker's transaction log.
 *
 * @param publisher the client name it was published under
 * @param sequence its number there
 * @param request topic, body and options
 * @param origin the broker that took it from its publisher
 */
record LogEntry(String publisher, long sequence, PublishRequest request, String origin) {

    String topic() {
        return request.topic().name();
    }

    String text() {
        return request.payload().utf8();
    }

    /** Its place in a log, in the documented form. */
    String bookmark() {
        return hash(publisher) + "|" + sequence + "|";
    }

    /** The broker's own business, as long as it is a number of 64 bits that depends on the name. */
    static String hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return Long.toUnsignedString(hash);
    }
}
