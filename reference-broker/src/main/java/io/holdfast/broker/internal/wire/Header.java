package io.holdfast.broker.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * The fields of one header, in either direction; immutable once built. A field is absent or a text; numbers were checked when the
 * header was read. {@link #toString} shows the verb and the command id only: a header may hold a password.
 */
public final class Header {

    private static final int FIELDS = Field.values().length;

    private final Verb verb;
    private final @Nullable String[] values;

    private Header(Verb verb, @Nullable String[] values) {
        this.verb = verb;
        this.values = values;
    }

    /** A builder of a header with this verb. */
    public static Builder of(Verb verb) {
        return new Builder().set(Field.CMD, verb.word());
    }

    /** The verb. */
    public Verb verb() {
        return verb;
    }

    /** The text of a field, {@code null} if absent. */
    public @Nullable String get(Field field) {
        return values[field.index()];
    }

    /** The text of a field, {@code ""} if absent. */
    public String text(Field field) {
        String value = values[field.index()];
        return value == null ? "" : value;
    }

    /** Whether the field is there. */
    public boolean has(Field field) {
        return values[field.index()] != null;
    }

    /** The value of a numeric field, or {@code absent}. */
    public long number(Field field, long absent) {
        String value = values[field.index()];
        return value == null ? absent : Long.parseLong(value);
    }

    @Override
    public String toString() {
        String cid = get(Field.CMD_ID);
        return verb.word() + (cid == null ? "" : " " + cid);
    }

    /** Collects fields. Not thread-safe. */
    public static final class Builder {

        private final @Nullable String[] values = new @Nullable String[FIELDS];

        /** Sets or, with {@code null}, leaves out a field. */
        public Builder set(Field field, @Nullable String value) {
            values[field.index()] = value;
            return this;
        }

        /** Sets a numeric field. */
        public Builder set(Field field, long value) {
            values[field.index()] = Long.toString(value);
            return this;
        }

        @Nullable
        String get(Field field) {
            return values[field.index()];
        }

        /** The header; the builder is spent. */
        public Header build() {
            String word = values[Field.CMD.index()];
            Verb verb = word == null ? null : Verb.of(word);
            if (verb == null) {
                throw new IllegalStateException("a header has a known verb");
            }
            return new Header(verb, values);
        }
    }
}
