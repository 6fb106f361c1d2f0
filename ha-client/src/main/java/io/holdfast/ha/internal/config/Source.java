package io.holdfast.ha.internal.config;

/**
 * Where a value came from, precisely enough to go there and change it.
 *
 * @param layer which layer
 * @param location the file, URL, variable or property; empty for defaults and code
 * @param line the line in the file, from 1; 0 where there is none
 */
public record Source(Layer layer, String location, int line) {

    static final Source DEFAULT = new Source(Layer.DEFAULT, "", 0);
    static final Source CODE = new Source(Layer.CODE, "", 0);

    static Source variable(String name) {
        return new Source(Layer.ENVIRONMENT, name, 0);
    }

    static Source systemProperty(String key) {
        return new Source(Layer.SYSTEM, key, 0);
    }

    Source atLine(int number) {
        return new Source(layer, location, number);
    }

    /** {@code /etc/app.properties:12}, {@code environment variable HOLDFAST_APP}, {@code default}. Safe for logs. */
    @Override
    public String toString() {
        String where = PlainText.escape(location);
        return switch (layer) {
            case DEFAULT -> "default";
            case CLASS_PATH, FILE -> line == 0 ? where : where + ":" + line;
            case ENVIRONMENT -> "environment variable " + where;
            case SYSTEM -> "system property " + where;
            case CODE -> "code";
        };
    }
}
