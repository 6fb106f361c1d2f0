package io.holdfast.ha.internal.identity;

import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.IdentityDamagedException.Damage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the name file keeps.
 *
 * @param name the client name
 * @param app the application
 * @param created when the name was made, by the wall clock
 * @param token the random characters in it, or made beside it for an explicit name
 * @param fingerprint where it was made, or last accepted
 */
record NameRecord(String name, String app, Instant created, String token, Fingerprint fingerprint) {

    private static final String KIND = "name";
    private static final int VERSION = 1;

    NameRecord acceptedAt(Fingerprint now) {
        return new NameRecord(name, app, created, token, now);
    }

    byte[] encode() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("app", app);
        fields.put("created", created.toString());
        fields.put("token", token);
        fields.put("machine", fingerprint.machine());
        fields.put("path", fingerprint.path());
        fields.put("folder", fingerprint.folder());
        return LineRecord.encode(KIND, VERSION, fields);
    }

    static NameRecord decode(byte[] bytes) throws DamagedRecord {
        Map<String, String> fields = LineRecord.decode(KIND, VERSION, bytes);
        try {
            String name = field(fields, "name");
            LogonRequest.checkName(name);
            return new NameRecord(
                    name,
                    field(fields, "app"),
                    Instant.parse(field(fields, "created")),
                    field(fields, "token"),
                    new Fingerprint(field(fields, "machine"), field(fields, "path"), field(fields, "folder")));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new DamagedRecord(Damage.FOREIGN, "a field is missing or has no such value");
        }
    }

    private static String field(Map<String, String> fields, String key) {
        String value = fields.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key);
        }
        return value;
    }
}
