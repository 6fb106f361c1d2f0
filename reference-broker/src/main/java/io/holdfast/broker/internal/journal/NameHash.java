package io.holdfast.broker.internal.journal;

import java.nio.charset.StandardCharsets;

/** The publisher's part of a bookmark: 64-bit FNV-1a of the client name, unsigned. Opaque to clients, and the broker's own business. */
public final class NameHash {

    private NameHash() {}

    /** The hash in decimal digits. */
    public static String of(String clientName) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : clientName.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return Long.toUnsignedString(hash);
    }
}
