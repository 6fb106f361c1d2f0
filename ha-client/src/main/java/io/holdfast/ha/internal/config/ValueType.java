package io.holdfast.ha.internal.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.holdfast.client.connect.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of value is read, and what may be written.
 *
 * @param <T> what it becomes
 * @param javaType what it becomes
 * @param name the kind, as the documentation calls it
 * @param allowed what may be written, as the documentation and problems say it
 * @param parser reads a text; throws {@link IllegalArgumentException} saying what is wrong, without repeating the text
 */
public record ValueType<T>(Class<T> javaType, String name, String allowed, Function<String, T> parser) {

    /** {@code true} or {@code false}, and nothing that a parser might take for either. */
    static final ValueType<Boolean> BOOLEAN =
            new ValueType<>(Boolean.class, "boolean", "true, false", text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("is neither true nor false");
            });

    /** A file or a folder, relative to the working directory unless absolute. */
    static final ValueType<Path> PATH = new ValueType<>(Path.class, "path", "a path", text -> {
        refuseControls(text);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path: " + PlainText.escape(e.getReason()), e);
        }
    });

    /** A password; taken as it is, blanks at its ends included. */
    static final ValueType<Secret> SECRET =
            new ValueType<>(Secret.class, "secret", "1..4096 characters", text -> Secret.of(sized(text, 4_096)));

    /** A text of up to {@code most} characters, none of them a control character. */
    static ValueType<String> text(int most) {
        return text(most, "1.." + most + " characters", text -> {});
    }

    /** A text with a check of its own. */
    static ValueType<String> text(int most, String allowed, Consumer<String> check) {
        return new ValueType<>(String.class, "text", allowed, text -> {
            refuseControls(sized(text, most));
            check.accept(text);
            return text;
        });
    }

    /** A plain number. */
    static ValueType<Integer> count(int least, int most) {
        return new ValueType<>(Integer.class, "number", least + ".." + most, text -> {
            if (!text.matches("[0-9]{1,10}")) {
                throw new IllegalArgumentException("is not a whole number");
            }
            return SizeText.inRange(Long.parseLong(text), least, most);
        });
    }

    /** A number that may have decimals, with a point. */
    static ValueType<Double> decimal(String least, String most) {
        double from = Double.parseDouble(least);
        double to = Double.parseDouble(most);
        return new ValueType<>(Double.class, "decimal number", least + ".." + most, text -> {
            if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                throw new IllegalArgumentException("is not a decimal number, such as 2.5");
            }
            double value = Double.parseDouble(text);
            if (value < from || value > to) {
                throw new IllegalArgumentException("is out of range");
            }
            return value;
        });
    }

    /** A number of bytes, with or without a unit. */
    static ValueType<Integer> size(int least, int most) {
        return new ValueType<>(
                Integer.class,
                "size",
                least + ".." + most + " bytes, such as 65536, 64k, 16MiB",
                text -> SizeText.inRange(SizeText.parse(text), least, most));
    }

    /** One of the constants of an enum, in small letters, words joined by {@code -}. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> constants) {
        Map<String, E> byWord =
                Arrays.stream(constants.getEnumConstants()).collect(toUnmodifiableMap(ValueType::word, c -> c));
        String words =
                Arrays.stream(constants.getEnumConstants()).map(ValueType::word).collect(joining(", "));
        return new ValueType<>(constants, "choice", words, text -> {
            E constant = byWord.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new IllegalArgumentException("is not one of the choices");
            }
            return constant;
        });
    }

    /** What is wrong with a text, without repeating it; {@code null} if nothing is. */
    @Nullable
    String wrong(String text) {
        if (text.isEmpty()) {
            return "has no value; leave the key out for its default";
        }
        try {
            requireNonNull(parser.apply(text), "parsed");
            return null;
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (ArithmeticException e) {
            return "is out of range";
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sized(String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException("is " + text.length() + " characters long");
        }
        return text;
    }

    private static void refuseControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("holds the control character U+"
                        + String.format("%04X", (int) text.charAt(i))
                        + "; in a property file a backslash is written \\\\");
            }
        }
    }
}
