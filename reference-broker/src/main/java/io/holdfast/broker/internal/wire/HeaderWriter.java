package io.holdfast.broker.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a header as the flat JSON object of the protocol: short keys, numbers unquoted, fields in the order of {@link Field}. */
public final class HeaderWriter {

    private static final Field[] FIELDS = Field.values();

    private final JsonFactory json = new JsonFactory();

    /** The header's bytes. */
    public byte[] write(Header header) {
        ByteArrayBuilder out = new ByteArrayBuilder();
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            for (Field field : FIELDS) {
                String value = header.get(field);
                if (value != null) {
                    generator.writeFieldName(field.writtenKey());
                    if (field.isNumber()) {
                        generator.writeNumber(Long.parseLong(value));
                    } else {
                        generator.writeString(value);
                    }
                }
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }
}
