package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityDamagedException.Damage;
import io.holdfast.client.error.IdentityInUseException.Holder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the holder of a folder writes about itself, and rewrites every second with a higher counter.
 *
 * @param bootId the boot of its machine: processes with the same one share the kernel that keeps their locks
 * @param host its host, for people
 * @param pid its process id, for people: it means nothing in another namespace
 * @param processStart when the process started, by its own clock, for people
 * @param since since when it holds the folder, by its own clock, for people
 * @param nonce tells this holder from every other
 * @param counter advances while the holder lives
 */
record Mark(String bootId, String host, long pid, Instant processStart, Instant since, String nonce, long counter) {

    private static final String KIND = "mark";
    private static final int VERSION = 1;

    Mark next() {
        return new Mark(bootId, host, pid, processStart, since, nonce, counter + 1);
    }

    Holder holder() {
        return new Holder(host, pid, since);
    }

    byte[] encode() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("boot", bootId);
        fields.put("host", host);
        fields.put("pid", Long.toString(pid));
        fields.put("start", processStart.toString());
        fields.put("since", since.toString());
        fields.put("nonce", nonce);
        fields.put("counter", Long.toString(counter));
        return LineRecord.encode(KIND, VERSION, fields);
    }

    static Mark decode(byte[] bytes) throws DamagedRecord {
        Map<String, String> fields = LineRecord.decode(KIND, VERSION, bytes);
        try {
            return new Mark(
                    fields.getOrDefault("boot", ""),
                    fields.getOrDefault("host", ""),
                    Long.parseLong(fields.getOrDefault("pid", "")),
                    Instant.parse(fields.getOrDefault("start", "")),
                    Instant.parse(fields.getOrDefault("since", "")),
                    fields.getOrDefault("nonce", ""),
                    Long.parseLong(fields.getOrDefault("counter", "")));
        } catch (NumberFormatException | DateTimeException e) {
            throw new DamagedRecord(Damage.FOREIGN, "a field is missing or has no such value");
        }
    }
}
