package io.holdfast.ha.internal.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.javaprop.JavaPropsMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns checked texts into {@link Settings}.
 *
 * <p>Jackson maps dotted keys to nested records and calls the types of {@link KeyTable} for the values. It is asked only once
 * all values are known to be good: it would stop at the first bad one, and knows neither file nor line.
 */
final class SettingsBinder {

    private static final Set<Class<?>> SHARED = Set.of(String.class, Integer.class, Double.class, Duration.class);

    private static final JavaPropsMapper MAPPER = JavaPropsMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(valueTypes())
            .build();

    private SettingsBinder() {}

    static Settings bind(Collection<Setting> settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        settings.forEach(setting -> texts.put(path(setting.key()), setting.text()));
        try {
            return MAPPER.readMapAs(texts, Settings.class);
        } catch (IOException e) {
            throw new IllegalStateException("the table of keys and the Settings records disagree", e);
        }
    }

    /** Where a key's value goes: a key that others begin with has a place of its own beside them. */
    static String path(Key key) {
        return key.equals(KeyTable.RECONNECT) ? key.name() + ".mode" : key.name();
    }

    private static SimpleModule valueTypes() {
        SimpleModule module = new SimpleModule("holdfast-values");
        KeyTable.ALL.forEach(key -> register(module, key.type()));
        // Several keys share these types, each with a range of its own that has been checked before.
        // Counts and sizes are both int; whatever reads sizes reads counts.
        ValueType<Integer> numbers = ValueType.size(0, Integer.MAX_VALUE);
        ValueType<Double> decimals = ValueType.decimal("0", "999999999");
        module.addDeserializer(int.class, new TextDeserializer<>(numbers));
        module.addDeserializer(Integer.class, new TextDeserializer<>(numbers));
        module.addDeserializer(double.class, new TextDeserializer<>(decimals));
        module.addDeserializer(Duration.class, new TextDeserializer<>(DurationText.between("0ms", "3650d")));
        return module;
    }

    private static <T> void register(SimpleModule module, ValueType<T> type) {
        if (!SHARED.contains(type.javaType())) {
            module.addDeserializer(type.javaType(), new TextDeserializer<>(type));
        }
    }

    /** Reads a text with its {@link ValueType}. */
    private static final class TextDeserializer<T> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient ValueType<T> type;

        TextDeserializer(ValueType<T> type) {
            super(type.javaType());
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return type.parser().apply(parser.getText());
        }
    }
}
