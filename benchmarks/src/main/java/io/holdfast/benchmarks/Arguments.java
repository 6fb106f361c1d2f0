package io.holdfast.benchmarks;

/**
 * What the end-to-end run is told.
 *
 * @param messages messages of the measured throughput phase
 * @param payloadBytes size of a body, at least 8
 * @param rate messages a second of the round-trip phase
 * @param seconds length of the round-trip phase
 */
record Arguments(int messages, int payloadBytes, int rate, int seconds) {

    static final String USAGE = "usage: EndToEnd [--messages=1000000] [--payload=200] [--rate=5000] [--seconds=10]";

    static Arguments parse(String[] words) {
        Arguments a = new Arguments(1_000_000, 200, 5_000, 10);
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(USAGE);
            }
            int value = Integer.parseInt(word.substring(equals + 1));
            a = switch (word.substring(0, equals)) {
                case "--messages" -> new Arguments(value, a.payloadBytes, a.rate, a.seconds);
                case "--payload" -> new Arguments(a.messages, Math.max(Long.BYTES, value), a.rate, a.seconds);
                case "--rate" -> new Arguments(a.messages, a.payloadBytes, value, a.seconds);
                case "--seconds" -> new Arguments(a.messages, a.payloadBytes, a.rate, value);
                default -> throw new IllegalArgumentException(USAGE);
            };
        }
        return a;
    }
}
