package io.holdfast.samples.fake;

import java.io.InputStream;

/** An input that repeats a text for ever. */
public final class EndlessInput extends InputStream {

    private final String text;
    private int next;

    /** Repeats this text, of ASCII characters. */
    public EndlessInput(String text) {
        this.text = text;
    }

    @Override
    public int read() {
        next = next == text.length() ? 1 : next + 1;
        return text.charAt(next - 1);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        for (int i = 0; i < length; i++) {
            target[offset + i] = (byte) read();
        }
        return length;
    }

    @Override
    public int available() {
        return 1;
    }
}
