package io.holdfast.broker.internal.journal;

import java.nio.charset.StandardCharsets;

/** The publisher's part of a bookmark: 64-bit FNV-1a of the client name, unsigned. Opaque to clients, and the broker's own business. */
public final class NameHash {

    private NameHash() {}

    /** The hash in decimal digits. */
    public static String of(String clientName) {
        return Long.toUnsignedString(bits(clientName.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash of a name's UTF-8. */
    static long bits(byte[] clientName) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : clientName) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
